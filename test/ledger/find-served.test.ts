import { describe, expect, it } from 'vitest';
import { findServed } from '../../src/ledger/find-served.ts';
import { type EntryState, foldRuns } from '../../src/ledger/fold.ts';
import { makeCliWorld } from '../cli/cli-world.ts';

type Past = Parameters<ReturnType<typeof makeCliWorld>['past']>;

async function runsOf(...story: readonly Past[]) {
  const { past, wired } = makeCliWorld();
  for (const one of story) await past(...one);
  return foldRuns(await wired.ledger.read(wired.scope));
}

const at = '2025-10-01T14:00:00Z';
const published: EntryState = { state: 'intent', firstAt: at, at, attempts: 1, epoch: 1 };

async function halfWay(command: 'deploy' | 'rollback', from: string, version: string, isPublished: boolean) {
  const runs = await runsOf(['deploy', ['v2.0.3', 'v2.1.0']], [command, [from, version], 'abandoned']);
  return runs.map((run, i) => (i === 1 && isPublished ? { ...run, entries: { publish: published } } : run));
}

describe('the version that users have by the ledger', () => {
  it('is what was brought last, and what nobody recorded is not known', async () => {
    expect(findServed(await runsOf(['deploy', ['v2.0.3', 'v2.1.0']]))).toBe('v2.1.0');
    expect(
      findServed(await runsOf(['deploy', ['v2.0.3', 'v2.1.0']], ['rollback', ['v2.1.0', 'v2.0.3']])),
    ).toBe('v2.0.3');
    expect(findServed([])).toBe('');
  });

  it('is that of a deploy which began to publish, and not of one that never did', async () => {
    expect(findServed(await halfWay('deploy', 'v2.1.0', 'v2.2.0', true))).toBe('v2.2.0');
    expect(findServed(await halfWay('deploy', 'v2.1.0', 'v2.2.0', false))).toBe('v2.1.0');
  });

  it('is what a rollback left that did not come to its end', async () => {
    expect(findServed(await halfWay('rollback', 'v2.1.0', 'v2.0.3', true))).toBe('v2.1.0');
  });
});
