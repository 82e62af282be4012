import type { Evidence } from '../domain/approvals/evidence.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import { glyph } from './glyphs.ts';
import type { Look } from './look.ts';
import { wrapWords } from './table.ts';

/** What stands in its own line: the words of reports, and whatever is not simply good. */
const isPlain = (says: string): boolean => says === 'pass' || says === 'skip';

const markOf = (says: string) => {
  if (/^(fail|P0|P1)/.test(says)) return 'fail';
  if (/^(unknown|nobody)/.test(says)) return 'unknown';
  return /^(warn|hold|P2)|, waived by /.test(says) ? 'warn' : 'pass';
};

/** `e-91c4…`: enough to compare by eye. */
export const shortEvidence = (digest: string): string => `e-${digest.slice(0, 8)}`;

/** What somebody is about to sign for: every item that has something to say, and how many are simply good. */
export function sayEvidence(evidence: Evidence | undefined, about: string, look: Look): string[] {
  if (evidence === undefined) return [`  Evidence  none: ${about}`];
  const shown = evidence.items.filter(({ says }) => !isPlain(says));
  const passed = evidence.items.filter(({ says }) => says === 'pass').length;
  const skipped = evidence.items.filter(({ says }) => says === 'skip').length;
  const more = skipped === 0 ? '' : `, ${skipped} skipped`;
  return [
    `  Evidence  ${shortEvidence(evidence.digest)}  ${about}`,
    ...shown.flatMap(({ key, says }) =>
      wrapWords(`${key}: ${oneLine(says, 300)}`, 72).map(
        (line, i) => `  ${i === 0 ? glyph(markOf(says), look.ascii) : ' '} ${line}`,
      ),
    ),
    ...(passed === 0
      ? []
      : [`  ${glyph('pass', look.ascii)} ${plural(passed, 'other check')} passed${more}`]),
  ];
}
