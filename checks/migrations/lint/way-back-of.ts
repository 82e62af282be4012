import type { PendingFile } from './read-set.ts';

const IRREVERSIBLE = /^--\s*irreversible:\s*(\S.*)$/i;

/** How a file is taken back. */
export type WayBack =
  | { readonly is: 'script' }
  /** In the words of its own comment. */
  | { readonly is: 'irreversible'; readonly because: string }
  | { readonly is: 'missing' };

/** A script with a statement, or a reason in the file (E-55). Comments alone are no script. */
export function wayBackOf({ back, read }: PendingFile): WayBack {
  // One that cannot be read is for migrations.lint to refuse.
  if (back !== undefined && (!back.read.ok || back.read.statements.length > 0)) return { is: 'script' };
  const because = read.comments
    .map(({ text }) => IRREVERSIBLE.exec(text.trimEnd())?.[1])
    .find((reason) => reason !== undefined);
  return because === undefined ? { is: 'missing' } : { is: 'irreversible', because };
}
