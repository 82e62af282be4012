import { describe, expect, it } from 'vitest';
import { findEarlierTimes } from '../../src/ledger/find-earlier-times.ts';
import type { RunState } from '../../src/ledger/fold.ts';

const ran = (command: string, tookMs: number, how = 'effect', state = 'done') =>
  ({ plan: { command }, entries: { publish: { state, how, tookMs } } }) as unknown as RunState;

describe('how long entries took in earlier runs', () => {
  it('E-81: is the longest of the last five deploys and rollbacks', () => {
    const runs = [ran('deploy', 900), ran('deploy', 30), ran('rollback', 70), ran('smoke', 800)];
    expect(findEarlierTimes(runs).get('publish')).toBe(900);
    const more = [...runs, ran('deploy', 10), ran('deploy', 20), ran('rollback', 40)];
    expect(findEarlierTimes(more).get('publish')).toBe(70);
  });

  it('E-81: counts nothing that this program did not do itself, or did not end', () => {
    const runs = [
      ran('deploy', 9, 'operator'),
      ran('deploy', 9, 'inspected'),
      ran('rollback', 9, '', 'intent'),
    ];
    expect(findEarlierTimes(runs).size).toBe(0);
  });
});
