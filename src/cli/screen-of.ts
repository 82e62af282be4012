import type { StreamFacts } from './terminal-facts.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Whether a machine reads along: CI is set, and not to nothing or `false`. */
export const isCi = ({ CI }: Env): boolean => CI !== undefined && CI !== '' && CI !== 'false';

/** Columns of the screen that shows a stream; undefined where lines have no edge: in a pipe, a file, a log of CI. */
export const screenOf = ({ isTTY, columns }: StreamFacts, env: Env): number | undefined =>
  isTTY === true && !isCi(env) ? columns : undefined;
