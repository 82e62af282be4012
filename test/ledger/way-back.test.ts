import { describe, expect, it } from 'vitest';
import { foldRuns } from '../../src/ledger/fold.ts';
import { findBad, findWayBack } from '../../src/ledger/way-back.ts';
import { makeCliWorld } from '../cli/cli-world.ts';

type Past = readonly [Parameters<ReturnType<typeof makeCliWorld>['past']>[0], string, string, 'abandoned'?];

async function runsOf(...story: readonly Past[]) {
  const { past, wired } = makeCliWorld();
  for (const [command, from, version, end] of story) await past(command, [from, version], end);
  return foldRuns(await wired.ledger.read(wired.scope));
}

describe('the way back from what is live', () => {
  it('RBX-3B1: is what its deploy replaced', async () => {
    expect(findWayBack(await runsOf(['deploy', 'v2.0.3', 'v2.1.0']), 'v2.1.0')).toBe('v2.0.3');
  });

  it('E-33: after a rollback is never what was left, but what came before', async () => {
    const runs = await runsOf(['deploy', 'v2.0.3', 'v2.1.0'], ['rollback', 'v2.1.0', 'v2.0.3']);
    expect(findWayBack(runs, 'v2.0.3')).toBe('previous');
    const older = await runsOf(['deploy', 'v2.0.2', 'v2.0.3'], ['rollback', 'v2.1.0', 'v2.0.3']);
    expect(findWayBack(older, 'v2.0.3')).toBe('v2.0.2');
  });

  it('E-33: is no version that was rolled back from, or whose deploy never ended', async () => {
    const left = await runsOf(['rollback', 'v2.0.3', 'v2.0.2'], ['deploy', 'v2.0.3', 'v2.1.0']);
    expect(findWayBack(left, 'v2.1.0')).toBe('previous');
    const half = await runsOf(['deploy', 'v2.0.2', 'v2.0.3', 'abandoned'], ['deploy', 'v2.0.3', 'v2.1.0']);
    expect(findWayBack(half, 'v2.1.0')).toBe('previous');
  });

  it('is left to rollback itself where it is no older version, or nobody knows one', async () => {
    expect(findWayBack(await runsOf(['deploy', 'v2.1.0', 'v2.1.0']), 'v2.1.0')).toBe('previous');
    expect(findWayBack(await runsOf(['deploy', 'v2.2.0', 'v2.1.9']), 'v2.1.9')).toBe('previous');
    expect(findWayBack(await runsOf(['deploy', '', 'v2.1.0']), 'v2.1.0')).toBe('previous');
    expect(findWayBack([], 'v2.1.0')).toBe('previous');
  });
});

describe('a version that nobody should be sent to', () => {
  it('E-33: is good again once a later release of it came to its end', async () => {
    const story: readonly Past[] = [
      ['deploy', 'v2.0.3', 'v2.1.0'],
      ['rollback', 'v2.1.0', 'v2.0.3'],
    ];
    expect([...findBad(await runsOf(...story))]).toEqual(['v2.1.0']);
    expect([...findBad(await runsOf(...story, ['deploy', 'v2.0.3', 'v2.1.0']))]).toEqual([]);
    expect([...findBad(await runsOf(...story, ['deploy', 'v2.0.3', 'v2.1.0', 'abandoned']))]).toEqual([
      'v2.1.0',
    ]);
  });
});
