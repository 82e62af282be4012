import { describe, expect, it } from 'vitest';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { facts, names, plan, restoring } from './rollback-plans.ts';

describe('data in the plan of a rollback', () => {
  it('E-88: reads the rollback scripts from the newer commit', () => {
    const revert = plan().entries.find((entry) => entry.name === 'revert:0044_b');
    expect(revert).toMatchObject({ input: { commit: 'd'.repeat(40) } });
  });

  it('E-88: sees first that nothing moved since it was planned: the deploy that it pushed aside may have landed', () => {
    const list = names({ applied: 6 });
    expect(list.slice(1, 3)).toEqual(['main-as-planned', 'schema-as-planned']);
    expect(names({ applied: undefined as never })).not.toContain('schema-as-planned');
  });

  const onFailureOf = (name: string, over: Partial<RollbackFacts> = {}) => {
    const entry = plan(over).entries.find((one) => one.name === name);
    return entry?.kind === 'step' ? (entry.onFailure ?? 'stop') : 'not there';
  };

  it('RBX-2.1: takes data back only behind maintenance that the earlier code itself has confirmed', () => {
    expect(onFailureOf('maintenance-kept')).toBe('stop');
    expect(onFailureOf('jobs-kept')).toBe('stop');
    const list = names({ data: restoring() });
    expect(list.indexOf('prove-live')).toBeLessThan(list.indexOf('maintenance-kept'));
    expect(list.indexOf('jobs-kept')).toBeLessThan(list.indexOf('restore-database'));
  });

  it('E-84: leaves the database alone when nothing in it changed', () => {
    expect(names({ data: { kind: 'none' } }).filter((name) => /revert|restore-database/.test(name))).toEqual(
      [],
    );
  });

  const stepOf = (name: string, over: Partial<RollbackFacts> = {}) =>
    plan(over).entries.find((one) => one.name === name);

  it('E-84, RBV-5: a database that cannot be counted keeps no code from moving and nobody out; a shown loss does', () => {
    const past = { onFailure: 'warn', input: { withinMs: 20_000 } };
    for (const data of [{ kind: 'none' } as const, facts().data, restoring()]) {
      expect(stepOf('baseline', { data })).toMatchObject(past);
      expect(stepOf('baseline', { data })).not.toHaveProperty('stopsOn');
    }
    expect(stepOf('integrity')).toMatchObject({ ...past, stopsOn: ['E_DATA_INTEGRITY'] });
    const behind = ['maintenance-on', 'maintenance-kept'];
    expect(stepOf('integrity')).toMatchObject({ input: { behind } });
    expect(stepOf('schema-as-planned', { applied: 6 })).toMatchObject({
      ...{ onFailure: 'warn', stopsOn: ['E_PLAN_STALE'] },
    });
  });

  it('RBX-4B2, RBV-4: asks the database before users are in, exactly where it was taken back, and holds nobody up', () => {
    for (const data of [{ kind: 'none' } as const, facts().data, restoring()]) {
      const list = names({ data });
      expect(list.indexOf('database-answers')).toBeGreaterThan(list.indexOf('progress'));
      expect(list.indexOf('database-answers')).toBeLessThan(list.indexOf('maintenance-off'));
      const isExact = data.kind !== 'none';
      expect(stepOf('database-answers', { data })).toMatchObject({
        ...{ effect: 'read', onFailure: 'warn', input: { version: 'v2.0.3', isExact } },
      });
      expect(stepOf('database-answers', { data })).not.toHaveProperty('stopsOn');
    }
  });

  it('RBX-4A1: restores to the given position and keeps the state before under a name', () => {
    const entries = plan({ data: restoring('pre-rollback') }).entries;
    expect(entries.find((entry) => entry.name === 'restore-database')).toMatchObject({
      stop: 'never-between',
      input: { lsn: '0/16B3748', keepAs: 'pre-rollback' },
    });
    expect(entries.some((entry) => entry.name === 'integrity')).toBe(false);
  });

  it('EXT-05: what later looks compare with is counted after a restore, whose loss was agreed to', () => {
    const list = names({ data: restoring() });
    expect(list.filter((name) => name === 'baseline')).toHaveLength(1);
    expect(list.indexOf('baseline')).toBeGreaterThan(list.indexOf('restore-database'));
    expect(list.indexOf('baseline')).toBeLessThan(list.indexOf('maintenance-off'));
    expect(onFailureOf('baseline', { data: restoring() })).toBe('warn');
    expect(names().indexOf('baseline')).toBeLessThan(names().indexOf('restore-commit'));
  });

  it('E-86: counts the loss right before it restores, behind maintenance, and anew when a run comes back', () => {
    const list = names({ data: restoring() });
    expect(list.indexOf('count-loss')).toBe(list.indexOf('restore-database') - 1);
    expect(list.indexOf('jobs-kept')).toBeLessThan(list.indexOf('count-loss'));
    const { entries } = plan({ data: restoring() });
    expect(entries.find(({ name }) => name === 'count-loss')).toMatchObject({
      effect: 'read',
      input: { at: '2026-11-24T14:26:00.000Z', lsn: '0/16B3748', xid: '757:757:', agreedMinutes: 34 },
    });
    expect(entries.find(({ name }) => name === 'restore-database')).toMatchObject({ provenBy: 'prove-live' });
    expect(names()).not.toContain('count-loss');
  });

  it('RBX-4C2: raises sequences right after the restore, and a refusal there keeps nobody out', () => {
    const list = names({ data: restoring('pre-rollback') });
    expect(list.indexOf('raise-sequences')).toBe(list.indexOf('restore-database') + 1);
    expect(list.indexOf('raise-sequences')).toBeLessThan(list.indexOf('maintenance-off'));
    expect(onFailureOf('raise-sequences', { data: restoring('pre-rollback') })).toBe('warn');
    expect(names()).not.toContain('raise-sequences');
  });

  it('E-46: looks which endpoint serves the database before and after a restore, and stops for neither', () => {
    const data = restoring('pre-rollback');
    const list = names({ data });
    expect(list.indexOf('endpoint-before')).toBeLessThan(list.indexOf('restore-database'));
    expect(list.indexOf('endpoint-after')).toBeGreaterThan(list.indexOf('restore-database'));
    for (const name of ['endpoint-before', 'endpoint-after']) {
      expect(onFailureOf(name, { data })).toBe('warn');
      expect(names()).not.toContain(name);
    }
  });

  it('takes no migration back while the newer code may still answer', () => {
    const list = names();
    expect(list.indexOf('prove-live')).toBeLessThan(list.indexOf('revert:0044_b'));
    const restored = names({ data: restoring() });
    expect(restored.indexOf('prove-live')).toBeLessThan(restored.indexOf('restore-database'));
  });

  it('leaves the database alone altogether with --db none', () => {
    const list = names({ data: { kind: 'none' }, readsData: false });
    expect(list.filter((name) => /baseline|integrity|database|revert/.test(name))).toEqual([]);
  });
});
