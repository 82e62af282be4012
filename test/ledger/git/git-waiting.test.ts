import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, intentEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const claim = (run: string, actor = 'ana') => ({ run, actor, reason: 'release' });
const later = { mayWait: true };
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;

beforeEach(() => {
  origin = makeLedgerOrigin();
});
afterEach(() => origin.remove());

const seenBy = async (actor: string) => (await origin.open(actor).read(SCOPE)).map((event) => event.id);

describe('an event that may wait', limit, () => {
  it('travels with the next one that may not, in one push, before it, and at its own time', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    const told = await ana.append(held, factEvent('done'), later);
    expect(await seenBy('ben')).toEqual(['r-1:lock:1']);
    await ana.append(held, intentEvent('r-1', 'publish'));
    expect(await seenBy('ben')).toEqual(['r-1:lock:1', 'done', 'r-1:publish:intent']);
    expect(origin.commits(SCOPE)).toHaveLength(2);
    expect((await ana.read(SCOPE))[1]).toEqual(told);
  });

  it('is read at once by who wrote it, and counts once however often it is told', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    const first = await ana.append(held, factEvent('done', 'first'), later);
    expect(await ana.append(held, factEvent('done', 'second'), later)).toEqual(first);
    expect((await ana.read(SCOPE)).at(-1)).toEqual(first);
  });

  it('is pushed by a renewal, so that others are never further behind than that', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await ana.append(held, factEvent('done'), later);
    await ana.renew(held);
    expect(await seenBy('ben')).toEqual(['r-1:lock:1', 'done']);
    await ana.renew(held);
    expect(origin.commits(SCOPE)).toHaveLength(2);
  });

  it('is pushed with the release', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await ana.append(held, factEvent('done'), later);
    await ana.release(held, 'completed');
    expect(await seenBy('ben')).toEqual(['r-1:lock:1', 'done', 'r-1:release:1']);
  });

  it('keeps its place behind notes that came between', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await ana.append(held, factEvent('done'), later);
    await origin.open('ben').note(SCOPE, signEvent('signed'));
    await ana.append(held, intentEvent('r-1', 'publish'));
    expect(await seenBy('cem')).toEqual(['r-1:lock:1', 'signed', 'done', 'r-1:publish:intent']);
  });

  it('is never written once somebody else took over', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await ana.append(held, factEvent('done'), later);
    await origin.open('ben').acquire(SCOPE, { ...claim('r-2', 'ben'), takeover: true });
    expect((await failureOf(ana.append(held, intentEvent('r-1', 'publish')))).code).toBe('E_FENCED');
    expect((await failureOf(ana.append(held, factEvent('more'), later))).code).toBe('E_FENCED');
    expect(await seenBy('cem')).toEqual(['r-1:lock:1', 'r-2:lock:2']);
  });

  it('does not renew the right: nothing proved that it is still there', async () => {
    let passed = 0;
    const clock = { now: () => new Date(passed), monotonic: () => passed, sleep: async () => undefined };
    const ana = origin.open('ana', { clock });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    passed = 10_000;
    await ana.append(held, factEvent('done'), later);
    expect(held.deadline()).toBe(60_000);
    await ana.append(held, factEvent('now'));
    expect(held.deadline()).toBe(70_000);
  });
});
