import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitRemote } from '../../../src/ledger/git/git-remote.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

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

describe('a question for the events and one for the holder', { timeout: 60_000 }, () => {
  it('are one question to the remote', async () => {
    const ana = origin.open('ana', { remote: counting });
    const held = await origin.open('ben').acquire(SCOPE, { ...claim, actor: 'ben' });
    const [events, holder] = await Promise.all([ana.read(SCOPE), ana.holder(SCOPE)]);
    expect({ asked, ids: events.length, holder: holder?.run }).toEqual({
      asked: 1,
      ids: 1,
      holder: held.run,
    });
  });
});

describe('a claim', { timeout: 60_000 }, () => {
  const other = { ...claim, run: 'r-0', actor: 'ben' };

  it('asks nothing more where nobody held the lock when this process looked: its push expects what was seen', async () => {
    const ana = origin.open('ana', { remote: counting });
    await ana.read(SCOPE);
    asked = 0;
    expect(await ana.acquire(SCOPE, claim)).toMatchObject({ epoch: 1 });
    expect(asked).toBe(0);
  });

  it('F47: looks again when somebody else took the lock since, and leaves it to them', async () => {
    const ana = origin.open('ana', { remote: counting });
    await ana.read(SCOPE);
    await origin.open('ben').acquire(SCOPE, other);
    await expect(ana.acquire(SCOPE, claim)).rejects.toMatchObject({ code: 'E_LOCKED' });
    expect(origin.commits(SCOPE)).toHaveLength(1);
  });

  it('looks again when others wrote since, and knows what they wrote', async () => {
    const ana = origin.open('ana', { remote: counting });
    await ana.read(SCOPE);
    const ben = origin.open('ben');
    await ben.release(await ben.acquire(SCOPE, other), 'completed');
    const held = await ana.acquire(SCOPE, claim);
    expect(held.epoch).toBe(2);
    const runs = ana.recall?.(held)?.map(({ run }) => run);
    expect(runs).toEqual(['r-0', 'r-0', 'r-1']);
  });

  it('asks first where somebody held the lock: they may have let go of it', async () => {
    const ana = origin.open('ana', { remote: counting });
    const ben = origin.open('ben');
    const theirs = await ben.acquire(SCOPE, other);
    await ana.read(SCOPE);
    await ben.release(theirs, 'completed');
    expect(await ana.acquire(SCOPE, claim)).toMatchObject({ epoch: 2 });
  });

  it('leaves its holder with all that was there, and asks nothing for it; a lost lock recalls nothing', async () => {
    const ana = origin.open('ana', { remote: counting });
    await origin.open('ben').note(SCOPE, signEvent('signed'));
    const held = await ana.acquire(SCOPE, claim);
    await ana.append(held, factEvent('done'));
    asked = 0;
    expect(ana.recall?.(held)?.map(({ id }) => id)).toEqual(['signed', 'r-1:lock:1', 'done']);
    expect(asked).toBe(0);
    await origin.open('ben').acquire(SCOPE, { ...other, takeover: true });
    await ana.read(SCOPE);
    expect(ana.recall?.(held)).toBeUndefined();
  });
});
