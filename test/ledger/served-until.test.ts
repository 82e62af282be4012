import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/ledger/fold.ts';
import { findServedUntil } from '../../src/ledger/served-until.ts';

const at = (hour: number): string => new Date(Date.UTC(2025, 9, 1, hour)).toISOString();
const run = (command: string, from: string, version: string, hour: number): RunState =>
  ({ run: `r-${hour}`, plan: { command, from, version }, startedAt: at(hour) }) as unknown as RunState;
const untilOf = (runs: readonly RunState[]): string =>
  new Date(findServedUntil(runs, runs.at(-1) as RunState)).toISOString();

describe('E-22: with which time the measurements of a version are compared', () => {
  it('after a deploy: with that of the version before, up to its start', () => {
    expect(untilOf([run('deploy', 'v2.0.3', 'v2.1.0', 10)])).toBe(at(10));
  });

  it('after a rollback: with its own, up to the release that left it', () => {
    const deploy = run('deploy', 'v2.0.3', 'v2.1.0', 10);
    expect(untilOf([deploy, run('rollback', 'v2.1.0', 'v2.0.3', 11)])).toBe(at(10));
  });

  it('over several releases: up to the first of them', () => {
    const deploys = [run('deploy', 'v2.0.3', 'v2.1.0', 8), run('deploy', 'v2.1.0', 'v2.2.0', 10)];
    expect(untilOf([...deploys, run('rollback', 'v2.2.0', 'v2.0.3', 11)])).toBe(at(8));
  });

  it('where no release is known that left it: up to the rollback', () => {
    expect(untilOf([run('rollback', 'v2.1.0', 'v2.0.3', 11)])).toBe(at(11));
  });
});
