import type { JsonObject } from '../../../domain/json.ts';
import type { CliContext } from '../../context.ts';
import type { Wired } from '../../wired.ts';

/** What every source is made of. */
export interface SourceWorld {
  readonly context: CliContext;
  readonly wired: Wired;
  /** With its v. */
  readonly version: string;
  /** Name of the watch; it marks what is created for it. */
  readonly run: string;
  /** Facts of the deploy that made the version live; empty where none is known. */
  readonly facts: Readonly<Record<string, JsonObject>>;
  /** When users came, in ms since 1970: what was before says nothing of this release. */
  readonly open: number;
  /** ms since 1970, in the time of the watch. */
  readonly now: () => number;
  /** When it was so many milliseconds of the watch ago, by the clock of those who are asked. */
  readonly ago: (ms: number) => Date;
}
