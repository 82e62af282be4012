import type { Runbook } from '../../src/config/schema/index.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Moment } from '../../src/domain/moment.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { DataWay } from '../../src/plans/data-back.ts';
import { type DeployFacts, planDeploy } from '../../src/plans/plan-deploy.ts';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from './policy.ts';

const START = '2025-10-01T14:00:00.000Z';

const ROUTES = {
  'release-start': ['releases'],
  'release-progress': ['releases'],
  'rollback-start': ['releases'],
  'rollback-progress': ['releases'],
  'rollback-complete': ['releases'],
};

/** A runbook in which every message has a channel and some roles have people. */
export const makeTalkativeRunbook = (over: Record<string, unknown> = {}): Runbook =>
  makeRunbook({
    services: { slack: { botToken: '$T', channels: { releases: { id: 'C0RELEASES' } }, routes: ROUTES } },
    people: {
      dana: { name: 'Dana Ito', slack: 'U0DANA', roles: ['deployment-lead'] },
      lee: { name: 'Lee Park', roles: ['monitor', 'rollback-lead', 'on-call'] },
    },
    links: {
      dashboard: 'https://dash.example/a_b?x=1&y=2',
      notes: 'https://notes.example/{version}',
      support: 'help@rur2.example',
    },
    ...over,
  });

export const makeDeployPlan = (runbook: Runbook, over: Partial<DeployFacts> = {}): Plan =>
  planDeploy(
    {
      version: 'v2.1.0',
      from: 'v2.0.3',
      main: 'a'.repeat(40),
      branch: 'b'.repeat(40),
      branchName: 'release/v2.1.0',
      pending: [],
      at: START,
      configDigest: 'c',
      notes: {},
      run: 'r-7f3a',
      ...over,
    },
    runbook,
    'production',
  );

export const makeRollbackPlan = (runbook: Runbook, data: DataWay, over: Partial<RollbackFacts> = {}): Plan =>
  planRollback(
    {
      from: 'v2.2.0',
      to: 'v2.1.0',
      main: 'a'.repeat(40),
      treeIsThere: false,
      isCodeAway: false,
      covers: [],
      readsData: true,
      commit: 'b'.repeat(40),
      data,
      at: START,
      reason: 'error rate 6.2 %',
      severity: 'P0',
      configDigest: 'c',
      run: 'r-back',
      ...over,
    },
    runbook,
    'production',
  );

/** The run at the entry `step`, `minutes` after its start. */
export const makeMoment = (plan: Plan, step: string, minutes = 0, over: Partial<Moment> = {}): Moment => ({
  run: 'r-7f3a',
  env: 'production',
  plan,
  facts: {},
  now: new Date(Date.parse(START) + minutes * 60_000).toISOString(),
  step,
  canThread: true,
  repeated: false,
  notes: {},
  ...over,
});

const FACTS: Readonly<Record<string, JsonObject>> = {
  'slack.announce': { sent: [], at: START },
  'app.maintenance-on': { on: true, at: '2025-10-01T14:01:00.000Z' },
  'app.maintenance-off': { on: false, at: '2025-10-01T14:09:00.000Z' },
  'postgres.count-loss': { rows: 212, tables: 6, minutes: 34 },
  'postgres.check-integrity': {
    ...{ checked: 4, said: [] },
    data: Array.from({ length: 4 }, () => ({ title: 'Assessments', state: 'ok', before: 7, now: 7 })),
  },
  'host.prove-live': { version: '2.1.0', answers: 3, tookMs: 900 },
  'app.smoke-test': { endpoints: [{ state: 'pass' }, { state: 'close' }, { state: 'skip' }] },
};

/** Every step before `step` recorded as done. */
export function factsUpTo(plan: Plan, step: string): Record<string, JsonObject> {
  const done = plan.entries.slice(
    0,
    plan.entries.findIndex((entry) => entry.name === step),
  );
  const steps = done.flatMap((entry) => (entry.kind === 'step' ? [entry] : []));
  return Object.fromEntries(steps.map((entry) => [entry.name, FACTS[entry.step] ?? {}]));
}
