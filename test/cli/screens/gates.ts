import { judgeCriteria } from '../../../src/domain/go-no-go/judge-criteria.ts';
import { makeEvidence } from '../../../src/domain/parity/make-evidence.ts';
import { judgeFindings } from '../../../src/domain/verdict.ts';
import type { DriftReport } from '../../../src/kit/drift/make-drift-report.ts';
import { sayDrift } from '../../../src/report/drift-text.ts';
import { sayParity } from '../../../src/report/parity-text.ts';
import { type SmokeStory, saySmoke } from '../../../src/report/smoke-text.ts';
import { sayGate } from '../../../src/report/verdict-text.ts';
import { compare } from '../../support/parity.ts';
import { finding } from '../../support/run-events.ts';
import type { Screen } from './screen.ts';

const good = [
  finding('app.health', { said: '2.0.3 answered in 19 ms' }),
  finding('app.dns', { said: 'rur2-production.replit.app has 2 addresses, 12 ms' }),
  finding('database.restore-window', { said: 'restore point 0/17B6558 of 14:00, 7 days back' }),
  finding('people.on-call', {
    outcome: 'warn',
    weight: 'advisory',
    said: '青木 花子 is on call until Tue 1 Dec 09:00 EST, and nobody is named behind her',
  }),
  finding('tests.e2e', { said: '98 of 100 passed, 98 %' }),
];
const bad = [
  ...good,
  finding('database.blocking-queries', {
    outcome: 'fail',
    said: '1 query blocked for 48 s (limit 30 s), pid 4412 ALTER TABLE assessments ADD COLUMN score integer',
    remedy: 'Let it end, or stop it with pg_cancel_backend(4412).',
  }),
  finding('migrations.lint', {
    outcome: 'fail',
    said: '1 finding',
    remedy: 'Bring the column away in two releases.',
    evidence: {
      places: [
        {
          file: 'drizzle/0044_drop_legacy_notes.sql',
          line: 3,
          column: 1,
          rule: 'drop-column',
          message: 'the running version still reads legacy_notes',
        },
      ],
      paste: [
        {
          file: 'drizzle/0044_drop_legacy_notes.sql',
          line: '-- release: allow drop-column because nothing has read it since v2.0.1',
        },
      ],
    },
  }),
  finding('security.audit', { outcome: 'unknown', said: 'npm audit did not answer within 10 s' }),
];
const roles = { 'product-owner': { title: 'Product Owner' }, 'on-call': { title: 'On-Call Engineer' } };
const gate = (findings: typeof good) => ({
  ...{ title: 'release preflight v2.1.0', env: 'production', isProtected: true },
  ...{ url: 'https://rur2-production.replit.app', findings, verdict: judgeFindings(findings) },
  ...{ absent: ['app.tls (web is not configured)'], tookMs: 39_000 },
  now: new Date('2025-10-01T14:00:00Z'),
});
const criteria = {
  answers: judgeCriteria({ findings: good, absent: [], roles, deciders: ['product-owner'] }),
  deciders: ['Product Owner', 'Engineering Lead'],
};

const changes = [
  { kind: 'secret', key: 'JWT_SECRET', op: 'removed', required: true },
  { kind: 'secret', key: 'FEATURE_EXPORT_V2', op: 'added', required: false },
  { kind: 'file', key: '.env.example', op: 'changed', required: false, from: '4be1f00d', to: '90acbeef' },
] as const;
const drift: DriftReport = {
  ...{ call: 'drifted', changes, explained: [], by: [], unknown: [], notCompared: ['host', 'health'] },
  ...{ remarks: [], absent: [{ check: 'drift.host', why: 'the host cannot tell' }], state: {} },
  ...{ version: 'v2.0.3', commit: 'a'.repeat(40), digest: 'd1' },
  baseline: {
    ...{ run: 'r-1', at: '2025-09-24T14:00:00.000Z', by: 'Dana Ito', reason: 'first', state: {} },
    ...{ version: 'v2.0.3', commit: 'a'.repeat(40) },
  },
};

const seen = (change: Partial<SmokeStory['endpoints'][number]>): SmokeStory['endpoints'][number] => ({
  ...{ endpoint: 'GET /health', state: 'pass', n: 20, errors: 0, p95Ms: 61, maxMs: 88, said: 'ok' },
  ...{ p95Judged: 'here', errorVerdict: 'watch', limits: { p95Ms: 100, maxMs: 200, errorPercent: 0.1 } },
  ...change,
});
const smoke: SmokeStory = {
  ...{ title: 'release smoke v2.1.0', env: 'production', url: 'https://rur2-production.replit.app' },
  ...{ isProtected: true, call: 'no-go', requests: 280, tookMs: 18_000, kept: [] },
  endpoints: [
    seen({}),
    seen({
      ...{
        endpoint: 'POST /api/payments/create-checkout',
        state: 'fail',
        errors: 3,
        p95Ms: 690,
        maxMs: 1420,
      },
      ...{ said: '3 of 20 wrong: HTTP 500', limits: { p95Ms: 500, maxMs: 1000, errorPercent: 1 } },
    }),
    seen({ endpoint: 'GET /api/assessments', state: 'close', p95Ms: 97, said: 'close to its limit' }),
    seen({
      ...{ endpoint: 'POST /api/assessments/:id/evidence', state: 'unknown', n: 0, p95Ms: null, maxMs: null },
      ...{ said: 'needs an assessment, POST /api/assessments failed first' },
    }),
  ],
  left: ['DELETE /api/assessments/4512'],
  data: { state: 'not-asked', why: 'no database is configured' },
};

const evidence = makeEvidence(
  compare({ node: '22.12.1', envKeys: ['DATABASE_URL', 'JWT_SECRET', 'FEATURE_EXPORT_V2'] }),
  ['staging', 'production'],
  {},
  { go: 90, noGo: 80 },
);

/** What answers with a verdict. */
export const gates: readonly Screen[] = [
  {
    name: 'preflight-go',
    verdict: 'go',
    draw: (look) => sayGate({ ...gate(good), criteria }, look),
    next: ['release deploy v2.1.0 --plan'],
    ends: [/GO {3}1 warned/],
  },
  {
    name: 'preflight-no-go',
    verdict: 'no-go',
    draw: (look) => sayGate(gate(bad), look),
    next: ['release preflight v2.1.0 --only database.blocking-queries,migrations.lint,security.audit'],
    ends: [/NO-GO/, /Why/],
  },
  {
    name: 'parity',
    verdict: 'no-go',
    draw: (look) =>
      sayParity(
        {
          ...{ title: 'release parity', between: ['staging', 'production'], call: 'no-go', all: false },
          ...{ evidence, said: '', remedy: '' },
        },
        look,
      ),
    next: ['release parity --all'],
    ends: [/NO-GO/],
  },
  {
    name: 'drift',
    verdict: 'drifted',
    draw: (look) =>
      sayDrift(
        {
          ...{ title: 'release drift', env: 'production', isProtected: true, zone: 'America/New_York' },
          ...{ url: 'https://rur2-production.replit.app', report: drift },
        },
        look,
      ),
    next: ['release drift --env production --accept --reason "the export is on for everybody"'],
    ends: [/drifted/],
  },
  {
    name: 'smoke',
    verdict: 'failed',
    draw: (look) => saySmoke(smoke, look),
    next: ['release smoke v2.1.0 --only payments.*'],
    ends: [/FAILED/],
  },
];
