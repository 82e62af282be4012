import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import { type CandidateFacts, planCandidate } from '../../src/plans/plan-candidate.ts';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../support/policy.ts';

const commit = 'c'.repeat(40);
const facts = (over: Partial<CandidateFacts> = {}): CandidateFacts => ({
  version: 'v2.1.0-rc.1',
  commit,
  from: 'v2.0.3',
  branchName: 'release/v2.1.0',
  pending: ['0043_export_index', '0044_more'],
  at: '2026-11-24T15:00:00.000Z',
  configDigest: 'digest',
  run: 'r-20261124-1500-7f3a',
  notes: {},
  ...over,
});

const doors = {
  host: { strategy: 'command', publish: 'npm run hook' },
  database: { url: '$DATABASE_URL_STAGING' },
  neon: { project: 'p', branch: 'staging', database: 'rur2', role: 'app' },
  stripe: { mode: 'test', secretKey: '$STRIPE_KEY_STAGING', webhookSecret: '$WEBHOOK_SECRET_STAGING' },
  maintenance: { on: { path: '/on' }, off: { path: '/off' } },
  jobs: { pause: { path: '/pause' }, resume: { path: '/resume' } },
  traffic: { away: { path: '/a' }, normal: { path: '/n' }, verify: { command: './where' } },
  statusPage: { kind: 'file', path: 'status-of-staging.json' },
};
const routes = {
  ...{ 'release-start': ['releases'], 'release-progress': ['releases'], 'decision-needed': ['releases'] },
  ...{ 'rollback-start': ['releases'], 'rollback-complete': ['releases'], 'support-brief': ['releases'] },
};
const slack = { botToken: '$SLACK', channels: { releases: { id: 'C0RELEASES' } } };
const signed = {
  title: 'May we?',
  roles: ['dev'],
  inputs: ['tests'],
  outcomes: ['GO', 'NO-GO'],
  anchor: 'T_start',
  afterMinutes: 0,
};
const world = (staging: object = {}, told: object = routes) =>
  makeRunbook({
    environments: {
      production: {
        ...makeRunbook().environments.production,
        statusPage: { kind: 'file', path: 'status.json' },
      },
      staging: { url: 'https://staging.example', branch: 'staging', ...doors, ...staging },
    },
    services: { neon: { apiKey: '$NEON' }, stripe: {}, slack: { ...slack, routes: told } },
    roles: { dev: { title: 'Dev' }, 'deployment-lead': { title: 'Lead' } },
    standUp: ['Everybody is here'],
    decisions: { 1: signed, 2: { ...signed, title: 'Go on?' } },
    smoke: { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] },
  });
const move = { branch: 'staging', from: 'a'.repeat(40), leaves: [] };
const plan = (over: Partial<CandidateFacts> = {}, runbook = world()) =>
  planCandidate(facts(over), runbook, 'staging');
const names = (made: Plan): string[] => made.entries.map(({ name }) => name);

describe('the plan of a candidate', () => {
  it('PRE-15: sees, secures, migrates, moves the branch, publishes, proves, tests; and merges, tags and tells nothing', () => {
    expect(names(plan({ move }))).toEqual([
      'candidate',
      'maintenance-on',
      'restore-point',
      'backup',
      'open-backup',
      'baseline',
      'schema-before',
      'apart',
      'migrate:0043_export_index',
      'migrate:0044_more',
      'schema-after',
      'integrity-after-migration',
      'branch',
      'publish',
      'prove-live',
      'warm-up',
      'smoke',
      'gate-smoke',
      'maintenance-off',
      'gate-open',
    ]);
  });

  it('T31: asks whose the database is right before the migrations, and again when a run comes back to one of them', () => {
    const { entries } = plan();
    const migrations = entries.filter(({ name }) => name.startsWith('migrate:'));
    expect(migrations.map((entry) => 'provenBy' in entry && entry.provenBy)).toEqual(['apart', 'apart']);
    expect(names(plan({ pending: [] }))).not.toContain('apart');
  });

  it('PRE-16: publishes exactly the commit that was seen, under the number that the application says', () => {
    const input = (name: string) => plan().entries.find((entry) => entry.name === name);
    expect(input('candidate')).toMatchObject({ input: { version: 'v2.1.0-rc.1', commit } });
    expect(input('publish')).toMatchObject({
      input: { version: '2.1.0', commitOf: 'candidate', commit: '' },
    });
    expect(input('prove-live')).toMatchObject({
      input: { version: '2.1.0', candidate: '2.1.0-rc.1', commitOf: 'candidate' },
    });
  });

  it('E-32: says in its title when commits leave the branch, and lets nothing move that is there already', () => {
    const titleOf = (over: object) =>
      plan({ move: { ...move, ...over } }).entries.find(({ name }) => name === 'branch')?.title;
    expect(titleOf({})).toBe('Move staging to ccccccc (forward from aaaaaaa)');
    expect(titleOf({ leaves: ['x'] })).toBe('Move staging to ccccccc (NOT forward from aaaaaaa)');
    expect(titleOf({ from: null })).toBe('Move staging to ccccccc (made anew)');
    expect(titleOf({ from: commit })).toBeUndefined();
  });

  it('PRE-07: tells the team only where it has a route of its own', () => {
    const told = names(plan({}, world({}, { ...routes, 'rc-staged': ['releases'] })));
    expect(told.at(-1)).toBe('announce');
    expect(names(plan())).not.toContain('announce');
  });

  it('leaves out what is not configured', () => {
    const bare = makeRunbook({
      environments: { staging: { url: 'https://staging.example', branch: 'staging' } },
      integrity: [],
    });
    expect(names(planCandidate(facts({ pending: [] }), bare, 'staging'))).toEqual(['candidate']);
  });
});

/** Steps that touch what a release or its customers have; none of them has anything to do with a trial. */
const FOREIGN =
  /^(git\.(publish-release|publish-candidate|restore-version|merge-back|see-main)|statuspage\..*|people\..*)$/;

/** Whatever a plan would do outside of `staging`: other environments by name, refs that are not its branch, foreign steps. */
function findTrespass({ entries }: Plan): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'sign-off' || entry.kind === 'watch') return [entry.name];
    if (entry.kind === 'gate') return [];
    const input = entry.input as Record<string, unknown>;
    const isForeign =
      FOREIGN.test(entry.step) || (entry.step === 'slack.announce' && input.template !== 'rc-staged');
    const isElsewhere = 'env' in input && input.env !== 'staging';
    const movesOther = 'branch' in input && entry.step === 'git.move-branch' && input.branch !== 'staging';
    return isForeign || isElsewhere || movesOther ? [`${entry.name} (${entry.step})`] : [];
  });
}

const tag = fc.constantFrom('0043_a', '0044_b', '0045_c');
const branchMove = fc.record({
  branch: fc.constant('staging'),
  from: fc.constantFrom(null, 'a'.repeat(40), commit),
  leaves: fc.array(fc.string(), { maxLength: 3 }),
});
const configured = fc.subarray(Object.keys(doors) as (keyof typeof doors)[]);

describe('production', () => {
  it('PRE-15: is named by no step of any trial, nor main, a tag, customers or people, whatever is configured', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(tag),
        fc.option(branchMove, { nil: undefined }),
        configured,
        (pending, moved, parts) => {
          const kept = Object.fromEntries(
            Object.keys(doors).map((key) => [
              key,
              parts.includes(key as keyof typeof doors) ? doors[key as keyof typeof doors] : undefined,
            ]),
          );
          const made = plan({ pending, ...(moved ? { move: moved } : {}) }, world(kept));
          expect(findTrespass(made)).toEqual([]);
          expect(JSON.stringify(made.entries)).not.toMatch(/production|"main"|refs\/tags/);
        },
      ),
    );
  });

  const back = (over: Partial<RollbackFacts>): RollbackFacts => ({
    ...{ from: 'v2.1.0-rc.1', to: 'v2.0.3', main: 'm'.repeat(40), treeIsThere: true, isCodeAway: false },
    ...{
      covers: [],
      commit,
      data: { kind: 'none' },
      readsData: true,
      applied: 4,
      webhooks: { kind: 'maintenance' },
    },
    ...{
      at: facts().at,
      reason: 'tried',
      severity: 'P1',
      configDigest: 'digest',
      run: facts().run,
      trial: {},
    },
    ...over,
  });

  it.each([
    ['scripts', { data: { kind: 'down', commit, tags: ['0043_a'] } }],
    [
      'a restore',
      { data: { kind: 'restore', at: '', lsn: '0/1', xid: '1:1:', keepAs: 'kept', agreedMinutes: 1 } },
    ],
    ['nothing of the database', { readsData: false }],
    ['the remote away', { isCodeAway: true }],
    ['its branch set back', { trial: { move: { ...move, leaves: ['x'] } } }],
  ] as const)('RBX-3: is named by no step of the way back from a trial either, with %s', (_, over) => {
    const made = planRollback(back(over as Partial<RollbackFacts>), world(), 'staging');
    expect(findTrespass(made)).toEqual([]);
    expect(names(made)).toEqual(expect.arrayContaining(['publish', 'prove-live', 'smoke']));
  });

  it('RBX-3: a way back that has seen the tag publishes its commit, and moves the branch before it', () => {
    const made = planRollback(back({ trial: { move } }), world(), 'staging');
    expect(names(made).slice(0, 3)).toEqual(['candidate', 'apart', 'schema-as-planned']);
    expect(names(made).indexOf('branch')).toBe(names(made).indexOf('publish') - 1);
    expect(made.entries.find(({ name }) => name === 'publish')).toMatchObject({
      input: { version: '2.0.3', commitOf: 'candidate', commit: '' },
    });
  });
});
