import type { Paint } from './color.ts';

/** What the words look like. */
export interface Look {
  readonly paint: Paint;
  readonly ascii: boolean;
  readonly columns: number;
}
