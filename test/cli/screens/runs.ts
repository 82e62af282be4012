import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import type { EngineEvent } from '../../../src/engine/events.ts';
import type { RunState } from '../../../src/ledger/fold.ts';
import { type Emergency, sayEmergency } from '../../../src/report/emergency-text.ts';
import { sayHistory } from '../../../src/report/history-text.ts';
import { sayElapsed, sayEvent } from '../../../src/report/lines-say.ts';
import { writePlan } from '../../../src/report/plan-text.ts';
import { writePreparation } from '../../../src/report/prepare-text.ts';
import { type EnvStanding, sayStatus } from '../../../src/report/status-text.ts';
import { saySteps } from '../../../src/report/steps-text.ts';
import { type RunStory, sayRun } from '../../../src/report/verdict-run.ts';
import {
  checkResult,
  gateStarted,
  planOf,
  runStarted,
  stepDone,
  stepStarted,
} from '../../support/run-events.ts';
import type { Screen } from './screen.ts';

const TITLES = [
  ['Announce release-start in #releases, #engineering', 2000, 'safe'],
  ['Back up the database as pre-v2.1.0-3d9c', 20_000, 'safe'],
  ['Migrate the database: 0042_add_due_date', 1000, 'after'],
  ['Publish 2.1.0 on production', 240_000, 'after'],
  ['Do the smoke tests let us go on?', undefined, 'never-between'],
] as const;
const [sample] = planOf(1).entries;
const entries = TITLES.map(([title, usualMs, stop], i) => {
  const { usualMs: _, ...rest } = { ...sample, name: `step-${i}`, title, stop } as PlanEntry;
  return (usualMs === undefined ? rest : { ...rest, usualMs }) as PlanEntry;
});
const plan: Plan = { ...planOf(1), entries };
const notes = {
  ...{ id: 'p-7f3a0123', address: 'rur2-production.replit.app', isProtected: true, sandbox: false },
  above: [
    ['live now', 'v2.0.3'],
    ['gate', 'preflight GO 14 min ago'],
    ['decision 1', 'waiting for product-owner (decisions.1.required)'],
  ],
  below: [
    ['way back', 'release rollback --to v2.0.3: the code again, 2 rollback scripts for the database'],
    ['ledger', 'git, refs/release/ of /srv/git/rur2.git; every clone can go on'],
  ],
} as const;

const story = (change: Partial<RunStory>): RunStory => ({
  ...{ command: 'deploy', env: 'production', version: 'v2.1.0', verdict: 'completed', tookMs: 532_000 },
  ...{ said: 'deploy of v2.1.0 completed', facts: ['smoke 14 of 14, p95 176 ms', 'decision 2 waits for 2'] },
  ...change,
});
const unsafe = story({ command: 'rollback', version: 'v2.0.3', verdict: 'unsafe', said: 'a step failed' });
const emergency: Emergency = {
  done: ['Maintenance mode on', 'Back up the database'],
  failed: ['Migrate the database: 0043_export_queue'],
  inDoubt: ['Publish 2.0.3 on production'],
  open: ['Maintenance mode off'],
  call: [{ name: 'Noor Aziz', title: 'On-Call Engineer', phone: '+1 555 0100', away: true }],
  isOutdated: false,
  byHand: [
    {
      says: 'the code of v2.0.3 again',
      line: 'git push origin v2.0.3^{commit}:refs/heads/main --force-with-lease=refs/heads/main',
    },
  ],
};

const run = (change: Partial<RunState>): RunState =>
  ({
    ...{ run: 'r-20251001-1000-7f3a', plan, startedAt: '2025-10-01T14:00:00.000Z', end: 'completed' },
    ...{ endedAt: '2025-10-01T14:08:52.000Z', lastAt: '2025-10-01T14:08:52.000Z', actor: 'Dana Ito' },
    ...{ said: 'deploy of v2.1.0 completed', entries: {} },
    ...change,
  }) as unknown as RunState;
const half = run({
  end: 'paused',
  said: 'stopped after step-1',
  entries: {
    'step-0': { state: 'done', at: '2025-10-01T14:00:02.000Z', tookMs: 1900, done: {} },
    'step-1': { state: 'failed', at: '2025-10-01T14:00:21.000Z' },
  } as unknown as RunState['entries'],
});
const standing: EnvStanding = {
  ...{ env: 'production', isProtected: true, runs: 3 },
  live: { known: true, version: 'v2.0.3' },
  byLedger: { version: 'v2.1.0', since: '2025-10-01T14:08:52.000Z', run: 'r-1' },
  open: half,
  preflight: { at: '2025-10-01T13:50:00.000Z', call: 'go', version: 'v2.1.0' },
  strip: {
    version: 'v2.1.0',
    phases: [
      { name: 'prepare', state: 'done' },
      { name: 'approve', state: 'done' },
      { name: 'deploy', state: 'stopped' },
      { name: 'smoke', state: 'to-come' },
      { name: 'watch', state: 'to-come' },
      { name: 'complete', state: 'to-come' },
    ],
  },
  unsynced: { said: '2 entries stand on this machine alone; release status --sync sends them.' },
};
const moment = { now: new Date('2025-10-01T14:31:00Z'), zone: 'America/New_York' };

const told: readonly EngineEvent[] = [
  gateStarted(['database.blocking-queries', 'people.on-call']),
  checkResult('database.blocking-queries', {
    outcome: 'fail',
    said: '1 query blocked for 48 s (limit 30 s)',
  }),
  checkResult('people.on-call', { outcome: 'unknown', said: 'PagerDuty did not answer within 10 s' }),
  runStarted(planOf(2)),
  stepStarted('announce'),
  stepDone('announce', 'told #releases and #engineering'),
  stepStarted('back-up'),
  {
    type: 'step.failed',
    name: 'back-up',
    code: 'E_NEON',
    said: 'Neon refused the branch: the limit is reached',
  },
  { type: 'stopping', after: 'Do back-up for v2.1.0', usualMs: 40_000 },
] as readonly EngineEvent[];

/** What runs plan, end with and leave behind. */
export const runs: readonly Screen[] = [
  {
    name: 'deploy-plan',
    draw: () => writePlan(plan, notes),
    next: ['release deploy v2.1.0 --plan-id p-7f3a0123 --env production'],
    ends: [/way back/],
  },
  {
    name: 'rollback-plan',
    draw: () => writePlan({ ...plan, command: 'rollback', version: 'v2.0.3' }, notes),
    next: ['release rollback --to v2.0.3 --env production'],
    ends: [/PRODUCTION/],
  },
  {
    name: 'prepare-plan',
    draw: () =>
      writePreparation({
        ...{ version: 'v2.1.0', sandbox: false, service: 'rur2', dated: undefined, zone: 'America/New_York' },
        lines: [
          ['create', 'release/v2.1.0 from develop @ 9c1e2ab, 23 commits since v2.0.3'],
          ['push', 'release/v2.1.0 and v2.1.0-rc.1 to origin'],
        ],
        warnings: ['0043_drop_legacy_notes.sql contains DROP, and no script takes it back'],
        section:
          '## v2.1.0\n\n- Due dates: an assessment may carry the day until which it must be finished\n- Export',
      }),
    next: ['release prepare v2.1.0 --yes'],
    ends: [/no script takes it back/],
  },
  {
    name: 'progress-lines',
    draw: () =>
      told
        .flatMap(sayEvent)
        .map((line, i) => `${sayElapsed(i * 7000)} ${line}`)
        .join('\n'),
    ends: [/FAIL back-up/, /Press\s+Ctrl-C\s+again/],
  },
  {
    name: 'deploy-completed',
    verdict: 'completed',
    draw: (look) => sayRun(story({}), look),
    next: ['release approve v2.1.0 --point 2', 'release watch'],
    ends: [/is live on production/],
  },
  {
    name: 'deploy-reverted',
    verdict: 'reverted',
    draw: (look) =>
      sayRun(story({ verdict: 'reverted', said: 'the smoke tests said no: 3 of 20 wrong: HTTP 500' }), look),
    next: ['release postmortem r-20251001-1000-7f3a'],
    ends: [/was taken back/],
  },
  {
    name: 'rollback-unsafe',
    verdict: 'unsafe',
    draw: (look) => [sayRun(unsafe, look), sayEmergency(emergency, look)].join('\n'),
    next: ['release rollback --resume --env production', 'release handoff emergency'],
    ends: [/A person is needed/],
  },
  {
    name: 'status',
    draw: (look) => sayStatus('RuR2', [standing], moment, look, (role) => role),
    next: ['release deploy --resume --env production', 'release rollback --to v2.0.3'],
    ends: [/the ledger says v2\.1\.0/],
  },
  {
    name: 'history',
    draw: (look) => sayHistory([run({}), half], 'America/New_York', look),
    ends: [/stopped/],
  },
  {
    name: 'history-steps',
    draw: (look) =>
      [sayHistory([half], 'America/New_York', look), ...saySteps(half, 'America/New_York', look)].join('\n'),
    ends: [/not reached/, /failed/],
  },
];
