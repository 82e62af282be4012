import { hashText } from '../../../src/kit.ts';
import type { SqlComment } from '../../../src/services/sql/port.ts';

const WAIVER = /^--\s*release-lint\b/;
const LENGTH = 12;

export const isWaiverComment = ({ text }: Pick<SqlComment, 'text'>): boolean => WAIVER.test(text);

/** The text before a waiver and the text after it; a line that holds nothing else goes as a whole. */
function cutOut(before: string, after: string): readonly [string, string] {
  const kept = before.replace(/[ \t]+$/, '');
  const ownsLine = kept === '' || kept.endsWith('\n');
  return ownsLine ? [kept, after.replace(/^\r?\n/, '')] : [kept, after];
}

/** The text of a file without its waivers. */
function withoutWaivers(sql: string, comments: readonly SqlComment[]): string {
  const bytes = new TextEncoder().encode(sql);
  const text = (from: number, to?: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const waivers = comments.filter(isWaiverComment);
  return waivers.reduceRight<string>(
    (rest, { at }, i) => {
      const [before, after] = cutOut(text(waivers[i - 1]?.end ?? 0, at), rest);
      return before + after;
    },
    text(waivers.at(-1)?.end ?? 0),
  );
}

/**
 * First 12 hex digits of the sha256 of what a file says without its waivers, so that a waiver can carry it. Ends of
 * lines and blank lines at the end do not count: git may change them.
 */
export const contentHash = (sql: string, comments: readonly SqlComment[]): string =>
  hashText(withoutWaivers(sql, comments).replaceAll('\r\n', '\n').trimEnd()).slice(0, LENGTH);
