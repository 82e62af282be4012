import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { type DeployFacts, planDeploy } from '../../src/plans/plan-deploy.ts';
import { makeRunbook } from '../support/policy.ts';

const facts = (over: Partial<DeployFacts> = {}): DeployFacts => ({
  version: 'v2.1.0',
  from: 'v2.0.3',
  main: 'a'.repeat(40),
  branch: 'b'.repeat(40),
  branchName: 'release/v2.1.0',
  pending: ['0043_export_index'],
  at: '2026-11-24T15:00:00.000Z',
  configDigest: 'digest',
  notes: {},
  run: 'r-20261124-1500-7f3a',
  ...over,
});
const smoke = { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] };
const full = makeRunbook({ smoke });
const names = (over: Partial<DeployFacts> = {}, runbook = full): string[] =>
  planDeploy(facts(over), runbook, 'production').entries.map((entry) => entry.name);
const isBefore = (list: string[], first: string, second: string): boolean =>
  list.indexOf(first) !== -1 && list.indexOf(first) < list.indexOf(second);

describe('the plan of a deploy', () => {
  it('T37: closes no door behind its opening, so that a run that comes back may look at it', () => {
    const list = names();
    expect(list.slice(list.indexOf('maintenance-off'))).not.toContain('maintenance-on');
    expect(list.filter((name) => name === 'maintenance-on')).toHaveLength(1);
  });

  it('DAY-23, DAY-28: follows the corrected release day from announcement to progress message', () => {
    expect(names()).toEqual([
      'announce',
      'maintenance-on',
      'restore-point',
      'backup',
      'open-backup',
      'baseline',
      'schema-before',
      'migrate:0043_export_index',
      'schema-after',
      'integrity-after-migration',
      'merge-and-tag',
      'publish',
      'prove-live',
      'warm-up',
      'smoke',
      'gate-smoke',
      'maintenance-off',
      'gate-open',
      'progress',
    ]);
  });

  it('DAY-31, DAY-32, DAY-33: asks health, database and payments once the door is open, before it says so', () => {
    expect(isBefore(names(), 'maintenance-off', 'gate-open')).toBe(true);
    expect(isBefore(names(), 'gate-open', 'progress')).toBe(true);
    const asked = checks.filter((check) => check.gates.includes('post-deploy')).map(({ id }) => id);
    expect(asked).toEqual(expect.arrayContaining(['app.health', 'database.connect', 'payments.stripe-key']));
  });

  it('E-35: migrates before the push, because a push may publish by itself', () => {
    expect(isBefore(names(), 'migrate:0043_export_index', 'merge-and-tag')).toBe(true);
  });

  const migration = (over: Partial<DeployFacts>) =>
    planDeploy(facts(over), full, 'production').entries.find(({ name }) => name.startsWith('migrate:'));
  const rehearsed = (tag: string, tookMs: number, lockedMs: number) =>
    new Map([[tag, { tag, cost: 'rewrite' as const, tookMs, lockedMs }]]);

  it.each([
    [8000, 600, 8000, 1800],
    [40, 12, 1000, 1000],
    [90_000, 60_000, 90_000, 3000],
  ])(
    'MIG-01: after a rehearsal of %i ms that locked for %i ms, expects %i ms and waits %i ms for the lock',
    (tookMs, lockedMs, usualMs, lockTimeoutMs) => {
      const known = rehearsed('0043_export_index', tookMs, lockedMs);
      expect(migration({ rehearsed: known })).toMatchObject({ usualMs, input: { lockTimeoutMs } });
    },
  );

  it('MIG-01: goes by the configuration for a file that was not rehearsed', () => {
    for (const over of [{}, { rehearsed: rehearsed('0044_other', 1, 1) }]) {
      expect(migration(over)).toMatchObject({ usualMs: 40_000 });
      expect(migration(over)).not.toHaveProperty('input.lockTimeoutMs');
    }
  });

  it('E-45: notes the restore point with maintenance on and before the first migration', () => {
    expect(isBefore(names(), 'maintenance-on', 'restore-point')).toBe(true);
    expect(isBefore(names(), 'restore-point', 'migrate:0043_export_index')).toBe(true);
  });

  it('DAY-09: opens the backup before anything changes', () => {
    expect(isBefore(names(), 'open-backup', 'migrate:0043_export_index')).toBe(true);
  });

  it('MIG-08: keeps the schema after the restore point and before the first migration, and only where one is pending', () => {
    expect(isBefore(names(), 'restore-point', 'schema-before')).toBe(true);
    expect(isBefore(names(), 'schema-before', 'migrate:0043_export_index')).toBe(true);
    expect(names({ pending: [] })).not.toContain('schema-before');
  });

  it('MIG-07: proves the schema by the rehearsal after the last migration and before the push', () => {
    expect(isBefore(names(), 'migrate:0043_export_index', 'schema-after')).toBe(true);
    expect(isBefore(names(), 'schema-after', 'merge-and-tag')).toBe(true);
    const inputOf = (name: string, over: Partial<DeployFacts>) =>
      planDeploy(facts(over), full, 'production').entries.find((entry) => entry.name === name);
    const schema = { before: 'b', after: 'a', unproven: '' };
    expect(inputOf('schema-before', { schema })).toMatchObject({ input: { rehearsed: 'b' } });
    expect(inputOf('schema-after', { schema })).toMatchObject({ input: schema });
    expect(inputOf('schema-after', {})).toMatchObject({
      input: { after: '', unproven: 'no rehearsal is on record' },
    });
  });

  it('E-77: tests while maintenance mode is still on', () => {
    expect(isBefore(names(), 'gate-smoke', 'maintenance-off')).toBe(true);
  });

  it('leaves migrations out when none is pending', () => {
    const list = names({ pending: [] });
    expect(list.filter((name) => name.startsWith('migrate') || name.startsWith('integrity'))).toEqual([]);
  });

  it('is a merge, a tag and a push for a repository with git alone', () => {
    const alone = makeRunbook({
      environments: { production: { url: 'https://x.example' } },
      services: {},
      migrations: undefined,
      integrity: [],
    });
    expect(names({ pending: [] }, alone)).toEqual(['merge-and-tag']);
  });

  it('DP-1a, DP-2a: begins with decision 1, and names the deciders of point 2 after the smoke tests', () => {
    const point = {
      title: 'Continue?',
      roles: ['deployment-lead', 'devops-lead'],
      inputs: ['smoke'],
      outcomes: ['CONTINUE', 'ROLLBACK'],
      anchor: 'T_live',
      afterMinutes: 5,
    };
    const runbook = makeRunbook({ smoke, decisions: { 1: point, 2: point, 3: point, 4: point } });
    const plan = planDeploy(facts(), runbook, 'production');
    const signOffs = plan.entries.filter((entry) => entry.kind === 'sign-off');
    const roles = ['deployment-lead', 'devops-lead'];
    // Decision 1 was taken before the run; at decision 2 users are kept out, so that it is waited for on demand.
    expect(signOffs).toMatchObject([
      { point: 1, roles, required: true },
      { point: 2, roles, required: false },
    ]);
    expect(plan.entries[0]).toMatchObject({ kind: 'sign-off', point: 1 });
    const turned = { 1: { ...point, required: false }, 2: { ...point, required: true } };
    const other = planDeploy(facts(), makeRunbook({ smoke, decisions: turned }), 'production');
    expect(other.entries.filter((entry) => entry.kind === 'sign-off')).toMatchObject([
      { point: 2, required: true },
    ]);
    expect(isBefore(names({}, runbook), 'gate-smoke', 'decision-2')).toBe(true);
  });

  it('DP-2c: asks them in the thread of the release, before users come, and waits for nobody', () => {
    const point = {
      ...{ title: 'Continue?', roles: ['deployment-lead'], inputs: ['smoke'], anchor: 'T_live' },
      ...{ outcomes: ['CONTINUE', 'ROLLBACK'], afterMinutes: 5 },
    };
    const channels = { releases: { id: 'C0RELEASES' } };
    const asks = { 'release-start': ['releases'], 'decision-needed': ['releases'] };
    const slack = { botToken: '$T', channels, routes: asks };
    const runbook = makeRunbook({ smoke, decisions: { 2: point }, services: { slack } });
    const plan = planDeploy(facts(), runbook, 'production');
    expect(plan.entries.find(({ name }) => name === 'ask-2')).toMatchObject({
      onFailure: 'warn',
      input: { template: 'decision-needed', channels: ['releases'], thread: 'announce', notes: { point: 2 } },
    });
    expect(plan.entries.find(({ name }) => name === 'decision-2')).toMatchObject({ required: false });
    const order = ['gate-smoke', 'ask-2', 'decision-2', 'maintenance-off'];
    const list = names({}, runbook).filter((name) => order.includes(name));
    expect(list).toEqual(order.filter((name) => list.includes(name)));
    const untold = makeRunbook({ smoke, decisions: { 2: point }, services: {} });
    expect(names({}, untold)).not.toContain('ask-2');
  });

  it('is the same plan for the same facts, and another one for another main', () => {
    const digest = (over: Partial<DeployFacts> = {}) => planDeploy(facts(over), full, 'production').digest;
    expect(digest()).toBe(digest());
    expect(digest({ main: 'c'.repeat(40) })).not.toBe(digest());
  });

  it('states for every step how it is taken back', () => {
    for (const entry of planDeploy(facts(), full, 'production').entries) {
      if (entry.kind === 'step') expect(entry.undo.kind).toMatch(/^(compensate|irreversible|nothing)$/);
    }
  });

  it('never lets a message stop the release', () => {
    for (const entry of planDeploy(facts(), full, 'production').entries) {
      if (entry.kind === 'step' && entry.step.startsWith('slack.')) expect(entry.onFailure).toBe('warn');
    }
  });
});
