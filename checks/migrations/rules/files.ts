import type { Rule } from '../lint/rule.ts';

/** Rules about files rather than statements (rows 35, 36, 38). */
export const fileRules: readonly Rule[] = [
  {
    id: 'missing-rollback-file',
    row: 35,
    class: 'incompatible',
    level: 'error',
    sees: 'no rollback script beside a file, or one without a statement; told by migrations.rollback-scripts',
    remedy: 'Write it, or say in the file: -- irreversible: <reason>',
    isFinal: true,
  },
  {
    id: 'out-of-order',
    row: 36,
    class: 'incompatible',
    level: 'error',
    sees: 'a pending file that is older in the journal than one that is applied',
    remedy: 'Generate it again, so that it is the newest: Drizzle skips it without a word.',
    isFinal: true,
  },
  {
    id: 'edited-applied',
    row: 36,
    class: 'incompatible',
    level: 'error',
    sees: 'a file that was applied with another text',
    remedy: 'Put the text back, and write the difference as a new file.',
    isFinal: true,
  },
  {
    id: 'bad-waiver',
    row: 38,
    class: 'safe',
    level: 'error',
    sees: 'a release-lint comment that allows nothing: unknown rule, no reason, wrong hash; a warning when nothing needs it',
    remedy: 'Paste the line that the finding prints, and write the reason.',
    isFinal: true,
  },
];
