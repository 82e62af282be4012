import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/cli/clock.ts';
import { makeFileLedger } from '../../src/ledger/file/file.ts';
import { syncSpool } from '../../src/ledger/sync-spool.ts';
import { failureOf } from '../support/failure-of.ts';
import { factEvent } from '../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const order = { scope: SCOPE, run: 'r-sync', actor: 'ana', reason: 'sync' };
const limit = { timeout: 60_000 };
let folder: string;
let origin: LedgerOrigin;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-spool-'));
  origin = makeLedgerOrigin();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  origin.remove();
});

const openSpool = () =>
  makeFileLedger({
    ...{ folder, clock: systemClock, actor: 'ana', tool: '1.2.3', redact: (text: string) => text },
    machine: { host: 'ana-laptop', boot: 'b-1', pid: 1, startOf: () => 'a start' },
  });

/** Two facts of one run, under a lock of the spool. */
async function fillSpool(release = true) {
  const spool = openSpool();
  const held = await spool.acquire(SCOPE, { run: 'r-1', actor: 'ana', reason: 'rollback' });
  await spool.append(held, factEvent('one'));
  await spool.append(held, factEvent('two'));
  if (release) await spool.release(held, 'done');
  return spool;
}

describe('a spool', limit, () => {
  it('F76: comes into a ledger in git with one push, twice is once, and the chain stays whole', async () => {
    const spool = await fillSpool();
    const ben = origin.open('ben');
    await ben.note(SCOPE, factEvent('earlier'));
    expect(await syncSpool(spool, ben, order)).toBe(2);
    expect(await syncSpool(spool, ben, order)).toBe(0);
    const events = await origin.open('new').read(SCOPE);
    expect(events.map(({ id }) => id)).toEqual([
      'earlier',
      'r-sync:lock:1',
      'spool:one',
      'spool:two',
      'r-sync:release:1',
    ]);
    const [first] = await spool.read(SCOPE).then((all) => all.filter(({ id }) => id === 'one'));
    expect(events[2]).toMatchObject({
      was: { at: first?.at, host: 'ana-laptop', actor: 'ana', tool: '1.2.3' },
      actor: 'ben',
    });
    expect(origin.commits(SCOPE)).toHaveLength(4);
  });

  it('leaves the ledger’s own entries of the same name alone', async () => {
    const spool = await fillSpool();
    const ben = origin.open('ben');
    await ben.note(SCOPE, factEvent('one', 'another'));
    expect(await syncSpool(spool, ben, order)).toBe(2);
  });

  it('is not brought in while a run is at work, here or there', async () => {
    const ben = origin.open('ben');
    const held = await ben.acquire(SCOPE, { run: 'r-9', actor: 'ben', reason: 'deploys' });
    const busy = await failureOf(syncSpool(await fillSpool(), origin.open('ana'), order));
    expect(busy.code).toBe('E_LOCKED');
    await ben.release(held, 'done');
    rmSync(folder, { recursive: true });
    const open = await failureOf(syncSpool(await fillSpool(false), ben, order));
    expect(open).toMatchObject({ code: 'E_LOCKED', text: { what: expect.stringContaining('ana-laptop') } });
  });
});
