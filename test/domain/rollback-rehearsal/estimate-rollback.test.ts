import { describe, expect, it } from 'vitest';
import type { PlanEntry } from '../../../src/domain/plan.ts';
import { estimateRollback } from '../../../src/domain/rollback-rehearsal/estimate-rollback.ts';

const entry = (name: string, usualMs?: number): PlanEntry => ({
  kind: 'gate',
  gate: 'smoke',
  name,
  title: name,
  stop: 'safe',
  ...(usualMs === undefined ? {} : { usualMs }),
});

const entries = [
  entry('restore-commit', 10_000),
  entry('publish', 240_000),
  entry('smoke', 60_000),
  entry('see'),
];

describe('how long a rollback would take', () => {
  it('RBX-00: takes what was measured before what earlier runs took, and that before the usual time', () => {
    const {
      entries: times,
      ms,
      by,
    } = estimateRollback(
      { entries },
      {
        measured: new Map([['restore-commit', 500]]),
        earlier: new Map([
          ['restore-commit', 9000],
          ['publish', 100_000],
        ]),
      },
    );
    expect(times.map(({ name, ms: took, source }) => [name, took, source])).toEqual([
      ['restore-commit', 500, 'measured'],
      ['publish', 100_000, 'earlier'],
      ['smoke', 60_000, 'usual'],
      ['see', 3000, 'assumed'],
    ]);
    expect(ms).toBe(163_500);
    expect(by).toEqual({ measured: 500, earlier: 100_000, usual: 60_000, assumed: 3000 });
  });

  it('says what it only assumes', () => {
    const nothing = { measured: new Map(), earlier: new Map() };
    expect(estimateRollback({ entries: [entry('a'), entry('b')] }, nothing)).toMatchObject({
      ms: 6000,
      by: { measured: 0, earlier: 0, usual: 0, assumed: 6000 },
    });
  });
});
