import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeLeapingClock } from '../../support/leaping-clock.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';
import { openPostgresLine } from '../../support/postgres-line.ts';

let cluster: Cluster;
let line: Awaited<ReturnType<typeof openPostgresLine>>;
const closers: (() => Promise<void>)[] = [];
const claim = { run: 'r-1', actor: 'ana', reason: 'the Thursday release' };

beforeAll(async () => {
  cluster = await openCluster();
  line = await openPostgresLine(() => cluster.port);
});
afterEach(async () => {
  line.mend();
  for (const close of closers.splice(0)) await close();
});
afterAll(async () => {
  await line.close();
  await cluster.stop();
});

const open = (actor: string, clock: Clock, database = 'postgres') => {
  const url = new URL(cluster.url(database));
  url.port = String(line.port);
  const { ledger, close } = openPostgresLedger({ url: url.href, actor, clock });
  closers.push(close);
  return ledger;
};

describe('the PostgreSQL ledger when an answer is lost', () => {
  it('F43: appends once what the server committed and could not tell', async () => {
    const ledger = open('ana', makeLeapingClock().clock);
    const held = await ledger.acquire('shop/lost', claim);
    for (let i = 0; i < 20; i += 1) {
      line.loseNext(/INSERT 0 1/);
      const made = await ledger.append(held, factEvent(`f-${i}`));
      expect(made.seq).toBe(i + 2);
    }
    expect(line.drops()).toBe(20);
    const events = await open('ben', makeLeapingClock().clock).read('shop/lost');
    expect(events.map(({ id }) => id)).toEqual([
      'r-1:lock:1',
      ...Array.from({ length: 20 }, (_, i) => `f-${i}`),
    ]);
  });

  it('F43: knows its own lock, its own note and its own release again', async () => {
    const ledger = open('ana', makeLeapingClock().clock);
    await ledger.note('shop/own', factEvent('zero'));
    const before = line.drops();
    line.loseNext(/INSERT 0 1/);
    const held = await ledger.acquire('shop/own', claim);
    expect(held.epoch).toBe(1);
    line.loseNext(/INSERT 0 1/);
    await ledger.note('shop/own', factEvent('one'));
    line.loseNext(/INSERT 0 1/);
    await ledger.release(held, 'completed');
    expect(line.drops() - before).toBe(3);
    const types = (await ledger.read('shop/own')).map(({ type }) => type);
    expect(types).toEqual(['fact', 'lock.acquired', 'fact', 'lock.released']);
    expect(await ledger.holder('shop/own')).toBeUndefined();
  });
});

describe('the PostgreSQL ledger when its server is away', () => {
  it('F45: goes on when the server is back within a minute', async () => {
    const { clock, slept } = makeLeapingClock((ms) => ms > 40_000 && line.mend());
    const ledger = open('ana', clock);
    const held = await ledger.acquire('shop/back', claim);
    line.block();
    expect(await ledger.append(held, factEvent('one'))).toMatchObject({ id: 'one', seq: 2 });
    expect(slept()).toBeGreaterThan(40_000);
    expect(held.deadline() - clock.monotonic()).toBeGreaterThan(50_000);
  });

  it('F45: gives up after a minute, then tries once only, until the server answers again', async () => {
    const { clock, slept } = makeLeapingClock();
    const ledger = open('ana', clock);
    const held = await ledger.acquire('shop/away', claim);
    line.block();
    expect((await failureOf(ledger.renew(held))).code).toBe('E_LEDGER_UNREACHABLE');
    const renewed = slept();
    const error = await failureOf(ledger.append(held, factEvent('one')));
    expect(error.code).toBe('E_LEDGER_UNREACHABLE');
    expect(exitCodeOf(error.code)).toBe(1);
    expect(slept() - renewed).toBeGreaterThan(50_000);
    expect(slept() - renewed).toBeLessThanOrEqual(60_000);
    const waited = slept();
    expect((await failureOf(ledger.append(held, factEvent('last')))).code).toBe('E_LEDGER_UNREACHABLE');
    expect(slept()).toBe(waited);
    line.mend();
    expect(await ledger.append(held, factEvent('last'))).toMatchObject({ id: 'last', seq: 2 });
  });

  it('F45: lets nobody wait for long before a run begins', async () => {
    const { clock, slept } = makeLeapingClock();
    const ledger = open('ana', clock);
    line.block();
    for (const work of [() => ledger.acquire('shop/none', claim), () => ledger.read('shop/none')])
      expect((await failureOf(work())).code).toBe('E_LEDGER_UNREACHABLE');
    expect(slept()).toBeLessThanOrEqual(8_000);
  });
});
