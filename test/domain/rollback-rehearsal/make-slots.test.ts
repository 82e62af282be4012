import { describe, expect, it } from 'vitest';
import { estimateRollback } from '../../../src/domain/rollback-rehearsal/estimate-rollback.ts';
import { makeSlots } from '../../../src/domain/rollback-rehearsal/make-slots.ts';
import type { DataWay } from '../../../src/plans/data-back.ts';
import type { RollbackFacts } from '../../../src/plans/rollback-facts.ts';
import { makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const down: DataWay = { kind: 'down', commit: 'c', tags: ['0043_a', '0044_b'] };
const restore: DataWay = {
  kind: 'restore',
  ...{ at: '2025-10-01T13:30:00.000Z', lsn: '0/1A2B', xid: '757', keepAs: 'kept', agreedMinutes: 3 },
};
const SECONDS: Readonly<Record<string, number>> = {
  ...{ announce: 2, 'main-as-planned': 1, 'maintenance-on': 4, 'pause-jobs': 3, baseline: 10 },
  ...{ 'restore-commit': 5, publish: 200, 'prove-live': 15, 'maintenance-kept': 1, 'jobs-kept': 1 },
  ...{ 'count-loss': 8, 'restore-database': 90, 'raise-sequences': 4 },
  ...{ 'endpoint-before': 1, 'endpoint-after': 1 },
  ...{ 'revert:0044_b': 20, 'revert:0043_a': 30 },
};
const earlier = new Map(Object.entries(SECONDS).map(([name, s]) => [name, s * 1000]));
const slotsOf = (data: DataWay, over: Partial<RollbackFacts> = {}) => {
  const plan = makeRollbackPlan(runbook, data, over);
  return makeSlots(plan, estimateRollback(plan)).map(({ slot, fromMs, toMs, source }) => [
    ...[slot, fromMs / 1000, toMs / 1000, source],
  ]);
};

describe('when code and database go back', () => {
  it('RBX-3t, E-81: the code goes first, for as long as earlier runs took', () => {
    expect(slotsOf(down, { earlier })[0]).toEqual(['code', 20, 240, 'earlier']);
  });

  it('RBX-4t, E-81: the data follow, by scripts or by a restore, and the two never overlap', () => {
    expect(slotsOf(down, { earlier })[1]).toEqual(['database', 242, 292, 'earlier']);
    expect(slotsOf(restore, { earlier })).toEqual([
      ['code', 10, 230, 'earlier'],
      ['database', 233, 335, 'earlier'],
    ]);
  });

  it('has no slot for a database that stays as it is', () => {
    expect(slotsOf({ kind: 'none' }, { earlier }).map(([slot]) => slot)).toEqual(['code']);
  });

  it('E-81: says that a slot is not measured where one of its entries is not', () => {
    const some = new Map(earlier);
    some.delete('publish');
    expect(slotsOf(down, { earlier: some }).map(([, , , source]) => source)).toEqual(['usual', 'earlier']);
    some.delete('prove-live');
    expect(slotsOf(down, { earlier: some })[0]?.at(3)).toBe('assumed');
  });

  it('gives the commit that comes last, because the remote is away, a slot of its own', () => {
    expect(slotsOf(down, { isCodeAway: true }).map(([slot]) => slot)).toEqual(['code', 'database', 'code']);
  });
});
