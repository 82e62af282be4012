import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitRemote } from '../../src/ledger/git-remote.ts';
import { factEvent, signEvent } from '../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const claim = { run: 'r-1', actor: 'ana', reason: 'release' };
let origin: LedgerOrigin;
let asked: number;

beforeEach(() => {
  origin = makeLedgerOrigin();
  asked = 0;
});
afterEach(() => origin.remove());

const counting = (real: GitRemote): GitRemote => ({
  ...real,
  hear: (ref) => {
    asked += 1;
    return real.hear(ref);
  },
});

describe('readings that are wanted at the same time', { timeout: 60_000 }, () => {
  it('ask the remote once for all that wait, and once for the one that is under way', async () => {
    const ana = origin.open('ana', { remote: counting });
    const first = ana.read(SCOPE);
    await Promise.resolve();
    await Promise.all([first, ana.read(SCOPE), ana.read(SCOPE), ana.read(SCOPE)]);
    expect(asked).toBeLessThanOrEqual(2);
    asked = 0;
    await ana.read(SCOPE);
    expect(asked).toBe(1);
  });

  it('see what others wrote before they were wanted', async () => {
    const ana = origin.open('ana', { remote: counting });
    await ana.read(SCOPE);
    await origin.open('ben').note(SCOPE, signEvent('signed'));
    const [one, other] = await Promise.all([ana.read(SCOPE), ana.read(SCOPE)]);
    expect([one, other].map((events) => events.map(({ id }) => id))).toEqual([['signed'], ['signed']]);
  });

  it('never stand for one that was wanted behind a record', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim);
    const before = ana.read(SCOPE);
    const record = ana.append(held, factEvent('done'));
    const behind = ana.read(SCOPE);
    await record;
    expect([(await before).length, (await behind).length]).toEqual([1, 2]);
  });
});
