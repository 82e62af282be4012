import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/ledger/fold.ts';
import { withBaseline } from '../../src/ledger/with-baseline.ts';

const run = (command: string, facts: object, entries: object = {}): RunState =>
  ({ plan: { command }, facts, entries }) as unknown as RunState;
const counted = (at: number, unanswered: readonly string[] = []) => ({
  baseline: { at, numbers: {}, unanswered },
});
const deploy = run('deploy', counted(10));
const atOf = (...runs: readonly RunState[]): unknown =>
  withBaseline(runs, runs.at(-1) as RunState).baseline?.at;

describe('E-22: the numbers with which the data are compared after a rollback', () => {
  it('are its own, where it has counted everything', () => {
    expect(atOf(deploy, run('rollback', counted(20)))).toBe(20);
  });

  it('are those of before the release that it took back, where it left the database alone or had no answer', () => {
    expect(atOf(deploy, run('rollback', {}))).toBe(10);
    expect(atOf(deploy, run('rollback', counted(20, ['assessments'])))).toBe(10);
    expect(atOf(run('deploy', counted(5)), deploy, run('rollback', {}))).toBe(10);
  });

  it('are never those of before a restore, which took rows away', () => {
    const restored = { 'restore-database': { state: 'done' } };
    expect(atOf(deploy, run('rollback', {}, restored))).toBeUndefined();
    expect(atOf(deploy, run('rollback', {}, restored), run('rollback', {}))).toBeUndefined();
    expect(atOf(deploy, run('rollback', counted(15), restored), run('rollback', {}))).toBe(15);
  });

  it('of a deploy are its own alone', () => {
    expect(atOf(deploy, run('deploy', {}))).toBeUndefined();
  });
});
