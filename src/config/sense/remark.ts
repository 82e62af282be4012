import { didYouMean } from '../../domain/suggest.ts';
import type { Path } from '../place.ts';

/** Something that makes no sense, at a path of the configuration. */
export interface Remark {
  readonly path: Path;
  readonly message: string;
  /** Default: error. */
  readonly severity?: 'warn';
  /** Default: the value. */
  readonly at?: 'key';
}

/** A name that must be one of the known ones. */
export const mustKnow = (what: string, path: Path, name: string, known: readonly string[]): Remark[] =>
  known.includes(name) ? [] : [{ path, message: `there is no ${what} "${name}".${didYouMean(name, known)}` }];
