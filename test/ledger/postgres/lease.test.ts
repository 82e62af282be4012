import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/domain/clock.ts';
import { LEASE_MS } from '../../../src/ledger/lease.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeLeapingClock } from '../../support/leaping-clock.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger, type PersonAtLedger } from '../../support/postgres-ledger.ts';

let cluster: Cluster;
const closers: (() => Promise<void>)[] = [];
const claim = { run: 'r-1', actor: 'ana', reason: 'the Thursday release' };
const other = { run: 'r-2', actor: 'ben', reason: 'the Friday release' };

beforeAll(async () => {
  cluster = await openCluster();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => cluster.stop());

function open(actor: string, more: Partial<PersonAtLedger> = {}) {
  const { ledger, close } = openPostgresLedger({ url: cluster.url('postgres'), actor, ...more });
  closers.push(close);
  return ledger;
}

/** As if a minute had passed at the server without a sign of the holder. */
const runOff = (scope: string) =>
  cluster.query(
    'postgres',
    `update release_ledger.release_scope set expires_at = clock_timestamp() - interval '1 ms' where scope = '${scope}'`,
  );

describe('the lease of the PostgreSQL ledger', () => {
  it('F02: lets another machine in without a takeover once it has run off by the clock of the server', async () => {
    const [ana, ben] = [open('ana'), open('ben')];
    await ana.acquire('shop/off', claim);
    expect(await ben.holder('shop/off')).toMatchObject({ run: 'r-1', alive: true });
    expect((await failureOf(ben.acquire('shop/off', other))).code).toBe('E_LOCKED');
    await runOff('shop/off');
    expect(await ben.holder('shop/off')).toMatchObject({ run: 'r-1', alive: false });
    expect((await ben.acquire('shop/off', other)).epoch).toBe(2);
    expect((await ben.read('shop/off')).at(-1)).toMatchObject({
      type: 'lock.takeover',
      data: { from: 'r-1' },
    });
  });

  it('F71: goes by the clock of the server alone, however wrong those of the people are', async () => {
    const skewed = (ms: number): Clock => ({
      ...makeLeapingClock().clock,
      now: () => new Date(Date.now() + ms),
    });
    const [ana, ben] = [open('ana', { clock: skewed(-300_000) }), open('ben', { clock: skewed(+300_000) })];
    const held = await ana.acquire('shop/skew', claim);
    expect((await failureOf(ben.acquire('shop/skew', other))).code).toBe('E_LOCKED');
    await ana.release(held, 'completed');
    await ben.acquire('shop/skew', other);
    expect((await failureOf(ana.acquire('shop/skew', claim))).code).toBe('E_LOCKED');
  });

  it('stays with a holder who was silent for longer than it lasts, while nobody else has come', async () => {
    const ana = open('ana');
    const held = await ana.acquire('shop/late', claim);
    await runOff('shop/late');
    await ana.append(held, factEvent('one'));
    expect((await failureOf(open('ben').acquire('shop/late', other))).code).toBe('E_LOCKED');
    await runOff('shop/late');
    await ana.renew(held);
    expect((await failureOf(open('ben').acquire('shop/late', other))).code).toBe('E_LOCKED');
  });

  it('does not end when a note comes, and is not made longer by one', async () => {
    const ana = open('ana');
    await ana.acquire('shop/note', claim);
    await runOff('shop/note');
    await open('ben').note('shop/note', factEvent('of ben'));
    expect(await ana.holder('shop/note')).toMatchObject({ alive: false });
  });

  it('ends by the steady clock of the holder, counted from before the server was asked', async () => {
    let now = 0;
    const clock: Clock = { now: () => new Date(), monotonic: () => now, sleep: async () => undefined };
    // Every answer is ten seconds on its way.
    const onAnswer = () => {
      now += 10_000;
    };
    const ana = open('ana', { clock, onAnswer });
    const held = await ana.acquire('shop/steady', claim);
    expect(held.deadline()).toBe(now - 10_000 + LEASE_MS);
    await ana.append(held, factEvent('one'));
    expect(held.deadline()).toBe(now - 10_000 + LEASE_MS);
    await ana.renew(held);
    expect(held.deadline()).toBe(now - 10_000 + LEASE_MS);
    const renewed = held.deadline();
    // The entry is there already, so asking for it again renews by a statement of its own.
    await ana.append(held, factEvent('one'));
    expect(held.deadline()).toBe(now - 10_000 + LEASE_MS);
    expect(held.deadline()).toBeGreaterThan(renewed);
  });
});
