import { isSameChapter, workLines } from '../ask.ts';
import type { Fence, RunbookDocument } from '../document.ts';
import { type Hit, hit, type Known, type LintRule, type SqlFacts } from '../rule.ts';

const read = ({ fences }: RunbookDocument, { sql }: Known): readonly (readonly [Fence, SqlFacts])[] =>
  fences.flatMap((fence) => {
    const facts = sql.get(fence.line);
    return facts === undefined ? [] : [[fence, facts] as const];
  });

const CHANGES = /^(Insert|Update|Delete|Merge|AlterTable|Drop|Truncate|Create(?!Table(As)?Stmt)|Rename)/;

function findOpen(document: RunbookDocument, known: Known): readonly Hit[] {
  return read(document, known).flatMap(([fence, facts]) => {
    if (!facts.ok || facts.kinds.includes('TransactionStmt')) return [];
    const changes = facts.kinds.filter((kind) => CHANGES.test(kind)).length;
    return changes < 2 ? [] : [hit(fence, `${changes} statements change something, one by one`)];
  });
}

const COMPARES = /\b(baseline|before|pre-?deploy\w*|intact|unchanged|no data loss)\b/i;

const findSliding = (document: RunbookDocument): readonly Hit[] =>
  workLines(document)
    .filter(
      ({ text }) => /\b(now\(\)|current_(date|timestamp))\s*-/i.test(text) && /\bcount\s*\(/i.test(text),
    )
    .filter((one) =>
      workLines(document).some(({ text, section }) => section === one.section && COMPARES.test(text)),
    )
    .map((one) =>
      hit(one, 'the window moves with the clock, and is compared with a count of an earlier time'),
    );

const EXACT = /\b(should|must|to) (match|equal|be (equal|identical))\b(?!.*(±|\+\/-|within|tolerance))/i;
const TOLERANT = /(±|\+\/-|within)\s*\d+(\.\d+)?\s*%/;

const findTolerant = (document: RunbookDocument): readonly Hit[] =>
  workLines(document)
    .filter(({ text }) => TOLERANT.test(text) && /\b(counts?|rows|records|data)\b/i.test(text))
    .flatMap((one) => {
      const exact = workLines(document).find(
        ({ text, section }) =>
          isSameChapter(section, one.section) && EXACT.test(text) && /\bcount|rows|records/i.test(text),
      );
      return exact === undefined
        ? []
        : [hit(one, `line ${exact.line} wants the same count, this line lets a share of it be lost`)];
    });

/** SQL that stands in a runbook. */
export const sqlRules: readonly LintRule[] = [
  {
    id: 'sql-unreadable',
    severity: 'error',
    title: 'SQL that PostgreSQL cannot read',
    why: 'It fails when it is needed.',
    next: 'Correct it, or mark the block as another language.',
    find: (document, known) =>
      read(document, known).flatMap(([fence, facts]) =>
        facts.ok ? [] : [{ line: fence.line + facts.line, col: 1, said: `PostgreSQL says: ${facts.said}` }],
      ),
  },
  {
    id: 'sql-no-transaction',
    severity: 'warn',
    title: 'Several changes of data without a transaction',
    why: 'When the second fails the first stays, and nobody planned that state.',
    next: 'Put BEGIN and COMMIT around them.',
    find: findOpen,
  },
  {
    id: 'sliding-window',
    severity: 'error',
    title: 'A count of a moving window is compared with an earlier one',
    why: 'Rows leave the window while time passes, so that the counts differ with nothing lost, or agree with something lost.',
    next: 'Count up to a fixed time or id that was recorded with the first count.',
    find: findSliding,
  },
  {
    id: 'tolerance-hides-loss',
    severity: 'error',
    title: 'A count has to be equal, and may differ by a share',
    why: 'A share of all rows can be lost and the check passes: growth during the release hides it as well.',
    next: 'Compare rows up to the largest id of the first count exactly; a tolerance is for growth.',
    find: findTolerant,
  },
  {
    id: 'text-sorted-version',
    severity: 'warn',
    title: 'Versions are sorted as text',
    why: "'9' comes behind '10': the highest is not the last.",
    next: 'Compare the set of applied migrations with those of the release.',
    find: (document) =>
      workLines(document)
        .filter(({ text }) => /\border by version\b/i.test(text))
        .map((one) => hit(one, 'the last version is the last in the order of letters')),
  },
];
