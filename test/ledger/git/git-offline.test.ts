import { renameSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAt } from '../../../src/ledger/look-at.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const claim = (run: string, actor = 'ana') => ({ run, actor, reason: 'release' });
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;

/** Two entries, and ben has seen them; then the remote goes away. */
beforeEach(async () => {
  origin = makeLedgerOrigin();
  const ana = origin.open('ana');
  const held = await ana.acquire(SCOPE, claim('r-1'));
  await ana.append(held, factEvent('one'));
  await origin.open('ben').read(SCOPE);
  goAway();
});
afterEach(() => origin.remove());

const goAway = (): void => renameSync(origin.origin, `${origin.origin}.away`);
const comeBack = (): void => renameSync(`${origin.origin}.away`, origin.origin);

describe('while the remote cannot be reached', limit, () => {
  it('shows what was last seen here, with its holder, and says that it is that', async () => {
    const sight = await lookAt(origin.open('ben'), SCOPE);
    expect(sight.events.map((event) => event.id)).toEqual(['r-1:lock:1', 'one']);
    expect(sight.holder).toMatchObject({ run: 'r-1', actor: 'ana', alive: true });
    expect(sight.unreached).toContain('could not be reached');
  });

  it('shows nothing where nothing was ever seen: an empty ledger would be a lie', async () => {
    expect((await failureOf(lookAt(origin.open('new'), SCOPE))).code).toBe('E_LEDGER_UNREACHABLE');
  });

  it('decides nothing by what it remembers', async () => {
    const ben = origin.open('ben');
    for (const work of [
      () => ben.read(SCOPE),
      () => ben.holder(SCOPE),
      () => ben.scopes(),
      () => ben.acquire(SCOPE, claim('r-2', 'ben')),
    ])
      expect((await failureOf(work())).code).toBe('E_LEDGER_UNREACHABLE');
  });

  it('is up to date again as soon as the remote is back', async () => {
    const ben = origin.open('ben');
    await lookAt(ben, SCOPE);
    comeBack();
    await origin.open('cem').note(SCOPE, signEvent('signed'));
    const sight = await lookAt(ben, SCOPE);
    expect(sight.events.map((event) => event.id)).toEqual(['r-1:lock:1', 'one', 'signed']);
    expect(sight).not.toHaveProperty('unreached');
  });
});
