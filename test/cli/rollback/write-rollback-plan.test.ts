import { describe, expect, it } from 'vitest';
import type { RollbackStanding } from '../../../src/cli/facts/read-rollback-facts.ts';
import { writeRollbackPlan } from '../../../src/cli/rollback/write-rollback-plan.ts';
import type { Version } from '../../../src/domain/version.ts';
import type { Holder } from '../../../src/ledger/ledger.ts';
import { planRollback } from '../../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../../support/policy.ts';
import { SEVERITIES } from '../../support/severities.ts';

const runbook = makeRunbook({ severities: SEVERITIES });
const facts: RollbackFacts = {
  from: 'v2.1.0',
  to: 'v2.0.3',
  main: 'a'.repeat(40),
  commit: 'a'.repeat(40),
  treeIsThere: false,
  isCodeAway: false,
  covers: [],
  data: { kind: 'none' },
  readsData: true,
  at: '2025-10-01T14:00:00.000Z',
  reason: 'error rate 6.2 %',
  severity: 'P0',
  configDigest: 'd1',
  run: 'r-1',
};
const standing = (over: Partial<RollbackFacts> = {}): RollbackStanding => ({
  facts: { ...facts, ...over },
  later: [],
});
const point = { at: '2025-10-01T13:26:00.000Z', lsn: '0/10', xid: '757' };
const restoring = (
  minutes: number,
  rows: number,
  tables: number,
  moves: readonly string[] = [],
): RollbackStanding => ({
  ...standing(),
  facts: {
    ...facts,
    data: { kind: 'restore', ...point, keepAs: 'pre-rollback-v2.0.3-7f3a', agreedMinutes: minutes },
  },
  restore: {
    point,
    source: 'ledger, run r-past-1',
    isFromLedger: true,
    loss: { minutes, rows, tables },
    moves,
  },
});

const write = (seen: RollbackStanding, holder?: Holder, isBlind?: true): string => {
  const environment = runbook.environments.production;
  if (environment === undefined) throw new TypeError('the test runbook has no production');
  const plan = planRollback(seen.facts, runbook, 'production');
  return writeRollbackPlan(plan, seen, holder, {
    runbook,
    environment,
    ...(isBlind ? { isBlind } : {}),
  }).replace(/\s+/g, ' ');
};

it('a plan that passes over a good version says so, and that no rollback leads up to it again', () => {
  const text = write({ ...standing(), passedOver: ['v2.0.5', 'v2.0.4'] as Version[] });
  expect(text).toContain('goes past v2.0.5, v2.0.4, NOT KNOWN TO BE BAD from v2.0.3 no rollback leads up');
  expect(write({ ...standing(), passedOver: [] })).not.toContain('goes past');
});

describe('the plan of a rollback on the screen', () => {
  it.each([
    [1, 1, 1, 'LOSES 1 minute: 1 row in 1 table written since'],
    [34, 212, 6, 'LOSES 34 minutes: 212 rows in 6 tables written since'],
    [2, 0, 0, 'LOSES 2 minutes: 0 rows in 0 tables written since'],
  ])('RBX-4C1: counts what a restore takes: %i, %i, %i', (minutes, rows, tables, words) => {
    expect(write(restoring(minutes, rows, tables))).toContain(words);
  });

  it('E-89: says that nobody tells customers where no status page is configured', () => {
    expect(write(standing())).toContain('NOBODY TELLS THEM: no status page is configured');
    expect(write(standing())).toContain('traffic STAYS ON THE APPLICATION');
  });

  it('RBX-4A1: says to which point it restores, who told it, and where the state before is kept', () => {
    const text = write(restoring(34, 212, 6));
    expect(text).toContain('restore to 2025-10-01T13:26:00.000Z (0/10; from the ledger, run r-past-1)');
    expect(text).toContain('the state before is kept as pre-rollback-v2.0.3-7f3a');
  });

  it('MIG-08: names the file that holds the schema of the version it goes back to', () => {
    const schemaFile = '.release/state/rur2/production/releases/v2.1.0/schema-before-r-1.txt';
    expect(write({ ...standing(), schemaFile })).toContain(`schema then ${schemaFile}`);
    expect(write(standing())).not.toContain('schema then');
  });

  it('E-48: names the branches that move below the kept state', () => {
    const text = write(restoring(34, 212, 6, ['staging', 'preview-7']));
    expect(text).toContain('moves below the kept state: staging, preview-7');
    expect(write(restoring(34, 212, 6))).not.toContain('moves below');
  });

  it('E-84: takes scripts newest first, and says that the other way gives data up', () => {
    const data = { kind: 'down' as const, commit: 'd'.repeat(40), tags: ['0043_a', '0044_b'] };
    const text = write(standing({ data }));
    expect(text).toContain('rollback scripts, newest first: 0044_b, 0043_a');
    expect(text).toContain('--db restore, gives up what was written since');
    expect(text).not.toContain('LOSES');
  });

  it('E-84: leaves the database alone when nothing in it has changed', () => {
    expect(write(standing())).toContain('data the database stays as it is');
  });

  it('E-32: says that nothing is forced', () => {
    expect(write(standing())).toContain('history is kept, nothing is forced');
    expect(write(standing({ treeIsThere: true }))).toContain('main has this tree already');
  });

  it('F76: says that migrations of a version which this machine never saw stay', () => {
    const seen = { ...standing(), isLeftUnknown: true } as const;
    expect(write(seen)).toContain(
      'data v2.1.0 was never seen on this machine: what it migrated is not known here and STAYS',
    );
  });

  it('does not call a silent application empty', () => {
    expect(write(standing({ from: '' }))).toContain('not known: the application does not answer');
    const byRecord = { ...standing(), isLeftByRecord: true } as const;
    expect(write(byRecord)).toContain('not known: the application does not answer, v2.1.0 by the ledger');
  });

  it('names whom it takes over, but nobody who is gone', () => {
    const since = '2025-10-01T13:00:00.000Z';
    const who = { run: 'r-9', actor: 'Lee Park', host: 'lee-mbp', reason: 'deploys v2.1.0', step: 'publish' };
    const holder = { ...who, since, lastSign: since, alive: true };
    expect(write(standing(), holder)).toContain('takes over Lee Park on lee-mbp, deploys v2.1.0, at publish');
    expect(write(standing(), { ...holder, alive: false })).not.toContain('takes over');
  });

  it('F76: says where its facts come from, and what is not known without the ledger', () => {
    expect(write(standing())).toContain('known from ledger, tags, application and database');
    expect(write(standing(), undefined, true)).toContain('WITHOUT the ledger');
  });
});

describe('the clocks in the plan of a rollback', () => {
  it('RBC-P0, RBC-P1, RBC-P2: says until when it has to be begun and to be over, from the detection', () => {
    const detectedAt = '2025-10-01T13:58:00.000Z';
    const clock = (over: Partial<RollbackFacts>) => /clock (.*?\))/.exec(write(standing(over)))?.[1];
    expect(clock({ severity: 'P0', detectedAt })).toBe(
      'P0: begin by 1 Oct 10:03 EDT · be back by 1 Oct 10:13 EDT (detected 1 Oct 09:58 EDT)',
    );
    expect(clock({ severity: 'P1', detectedAt })).toContain(
      'begin by 1 Oct 10:13 EDT · be back by 1 Oct 10:28',
    );
    expect(clock({ severity: 'P2', detectedAt })).toBe(
      'P2: begin by 1 Oct 10:28 EDT (detected 1 Oct 09:58 EDT)',
    );
    expect(clock({ severity: 'P3' })).toBeUndefined();
  });

  it('RBC-P0: says that it begins too late, and that nobody recorded a detection', () => {
    const detectedAt = '2025-10-01T13:40:00.000Z';
    const late = write(standing({ detectedAt }));
    expect(late).toContain('begin by 1 Oct 09:45 EDT, OVERDUE by 15 min');
    expect(late).toContain('be back by 1 Oct 09:55 EDT, OVERDUE by 5 min');
    expect(write(standing())).toContain('(counted from now: no detection is on record)');
  });
});

describe('Stripe’s deliveries in the plan of a rollback', () => {
  it.each([
    [{ kind: 'maintenance' }, 'maintenance mode answers 503, and Stripe delivers again later'],
    [{ kind: 'disable', endpoints: ['we_1'] }, 'disabled at Stripe (we_1), and on again before users are in'],
    [{ kind: 'open', because: 'nothing is configured' }, 'NOT HELD BACK, nothing is configured'],
  ] as const)('RBX-2.3, E-83, E-89: says which way it is: %j', (webhooks, said) => {
    expect(write(standing({ webhooks }))).toContain(said);
  });
});
