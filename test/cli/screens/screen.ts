import type { Look } from '../../../src/report/look.ts';

/** A screen as a command ends with it. */
export interface Screen {
  readonly name: string;
  draw(look: Look): string;
  /** The lines that go on from here: in sight when the prompt is back, on the smallest screen too. */
  readonly next?: readonly string[];
  /** The word of the envelope. */
  readonly verdict?: string;
  /** The verdict, or what else has to be in sight then on a screen of 24 rows. */
  readonly ends: readonly RegExp[];
}
