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

/** Nobody finds the section that is missing in a sentence about a name. */
const sayKnown = (name: string, known: readonly string[]): string =>
  known.length === 0 ? ' None is described yet: docs/config.md.' : didYouMean(name, known);

/** A name that must be one of the known ones. */
export const mustKnow = (what: string, path: Path, name: string, known: readonly string[]): Remark[] =>
  known.includes(name) ? [] : [{ path, message: `there is no ${what} "${name}".${sayKnown(name, known)}` }];
