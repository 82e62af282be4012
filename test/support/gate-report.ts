import * as fc from 'fast-check';
import type { Finding } from '../../src/domain/finding.ts';
import type { GateReport } from '../../src/report/files/gate-report.ts';
import { anyChar } from './any-text.ts';
import { finding } from './run-events.ts';

export const reportOf = (findings: readonly Finding[], change: Partial<GateReport> = {}): GateReport => ({
  tool: '0.1.0',
  title: 'release preflight v2.1.0',
  env: 'production',
  sandbox: false,
  verdict: 'no-go',
  exitCode: 3,
  startedAt: '2025-10-01T13:30:02.000Z',
  finishedAt: '2025-10-01T13:30:41.000Z',
  durationMs: 39_012,
  findings,
  part: false,
  because: [],
  next: [],
  ...change,
});

const PIECES = [
  ']]>',
  '<!--',
  '-->',
  '</failure>',
  '&amp;',
  '&#0;',
  '"',
  "'",
  '|',
  '\\',
  '\n',
  '\r\n',
  '\u0000',
  '\u001b[31m',
  '\u009b',
  '\ud800',
  '\udc00',
  '\uffff',
  '😀',
  '```',
  '<script>',
  '[x](http://a.b)',
  '![x](y)',
  '@everyone',
  'https://evil.example',
  '::error::x',
  '##[error]x',
  '%0A::set-output',
  '# SKIP',
  '# TODO',
  '\n...\n',
  '\n---\n',
  '\n# head',
  '\u2028',
  '\u202e',
  '$x$',
  ':+1:',
  'not ok 1',
  '{{x}}',
];

/** Text that somebody wrote who would like to speak to the reader's tools. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: anyChar, maxLength: 5 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

const outcome = fc.constantFrom('pass', 'warn', 'fail', 'skip', 'unknown') as fc.Arbitrary<
  Finding['outcome']
>;

/** Findings whose every word is hostile. */
export const hostileFinding: fc.Arbitrary<Finding> = fc
  .record({ outcome, said: hostile, title: hostile, remedy: hostile, by: hostile, isWaived: fc.boolean() })
  .map(({ by, isWaived, ...words }) =>
    finding('a.one', {
      ...words,
      ...(isWaived ? { waived: { check: 'a.one', by, reason: words.said } } : {}),
      evidence: { places: [{ file: words.said, line: 0, column: words.title, rule: words.remedy }] },
    }),
  );
