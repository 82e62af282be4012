import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { runPlan } from '../../../src/engine/run-plan.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { defineStep } from '../../../src/kit.ts';
import { foldRuns } from '../../../src/ledger/fold.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { planOf } from '../../support/engine/plan-of.ts';
import { toolsOf } from '../../support/engine/tools-of.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeLeapingClock } from '../../support/leaping-clock.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';

let cluster: Cluster;
const closers: (() => Promise<void>)[] = [];
const SCOPE = 'shop/production';
const claim = { run: 'r-1', actor: 'ana', reason: 'the Thursday release' };
let databases = 0;

beforeAll(async () => {
  cluster = await openCluster();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => cluster.stop());

const ask = (sql: string) => cluster.query('postgres', sql);

/** A server with a standby that lags behind: `copy` is what the standby has, `failOver` makes it the server. */
async function openPair() {
  databases += 1;
  const [name, standby] = [`led_${databases}`, `standby_${databases}`];
  const end = (database: string) =>
    ask(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
  await ask(`create database ${name}`);
  return {
    open: (actor: string): Ledger => {
      const url = cluster.url(name);
      const { ledger, close } = openPostgresLedger({ url, actor, clock: makeLeapingClock().clock });
      closers.push(close);
      return ledger;
    },
    copy: async () => {
      await end(name);
      await ask(`drop database if exists ${standby}`);
      await ask(`create database ${standby} template ${name}`);
    },
    failOver: async () => {
      await end(name);
      await ask(`drop database ${name} with (force)`);
      await ask(`alter database ${standby} rename to ${name}`);
    },
    query: (sql: string) => cluster.query(name, sql),
  };
}

describe('the PostgreSQL ledger after a failover that lost its end', () => {
  it('F44: puts back what was acknowledged, and does not go on as if nothing had been', async () => {
    const pair = await openPair();
    const ledger = pair.open('ana');
    const held = await ledger.acquire(SCOPE, claim);
    await ledger.append(held, factEvent('one'));
    await pair.copy();
    await ledger.append(held, factEvent('two'));
    await pair.open('ben').note(SCOPE, factEvent('of ben'));
    await ledger.append(held, factEvent('three'));
    await pair.failOver();
    expect((await pair.open('cem').read(SCOPE)).map(({ id }) => id)).toEqual(['r-1:lock:1', 'one']);
    const error = await failureOf(ledger.append(held, factEvent('four')));
    expect(error.code).toBe('E_LEDGER_LOST');
    expect(error.text.what).toContain('the last 3 entries of shop/production');
    const ids = (await pair.open('cem').read(SCOPE)).map(({ id }) => id);
    expect(ids).toEqual(['r-1:lock:1', 'one', 'two', 'of ben', 'three']);
    expect(await ledger.append(held, factEvent('four'))).toMatchObject({ seq: 6 });
  });

  it('F44: writes nothing when somebody else has gone on meanwhile', async () => {
    const pair = await openPair();
    const ledger = pair.open('ana');
    await pair.open('ana').note(SCOPE, factEvent('zero'));
    await pair.copy();
    const held = await ledger.acquire(SCOPE, claim);
    await ledger.append(held, factEvent('one'));
    await pair.failOver();
    const ben = pair.open('ben');
    const other = await ben.acquire(SCOPE, { ...claim, run: 'r-2', actor: 'ben' });
    // The same number, because the server forgot that it had given it away.
    expect(other.epoch).toBe(held.epoch);
    for (const work of [() => ledger.append(held, factEvent('two')), () => ledger.renew(held)])
      expect((await failureOf(work())).code).toMatch(/^E_FENCED|E_LEDGER_REPLACED$/);
    expect((await ben.read(SCOPE)).map(({ id }) => id)).toEqual(['zero', 'r-2:lock:1']);
  });

  it('F44: is refused as another ledger when even the lock is forgotten, by writers and by readers', async () => {
    const pair = await openPair();
    const ledger = pair.open('ana');
    await ledger.note(SCOPE, factEvent('zero'));
    await pair.copy();
    const held = await ledger.acquire(SCOPE, claim);
    await pair.failOver();
    expect((await failureOf(ledger.append(held, factEvent('one')))).code).toBe('E_LEDGER_REPLACED');
    expect((await failureOf(ledger.read(SCOPE))).code).toBe('E_LEDGER_REPLACED');
    expect((await failureOf(ledger.renew(held))).code).toBe('E_LEDGER_REPLACED');
    expect(await pair.open('ben').read(SCOPE)).toHaveLength(1);
  });

  it('F44: pauses a run whose intent was lost, and the next one asks the world before it acts', async () => {
    const pair = await openPair();
    const ledger = pair.open('ana');
    const effects: string[] = [];
    let asked = 0;
    const publish = defineStep<never, { env: string }, { answer: number }>({
      id: 'test.publish',
      def: 1,
      needs: [],
      effect: 'probeable',
      settleMs: 1,
      timeoutMs: 60_000,
      stop: 'safe',
      undo: { kind: 'nothing' },
      title: () => 'Publish',
      run: async () => {
        effects.push('published');
        await pair.failOver();
        return { answer: 1 };
      },
      inspect: async () => {
        asked += 1;
        return effects.length > 0 ? { state: 'done', done: { answer: 1 } } : { state: 'absent' };
      },
    });
    const steps = new Map([[publish.id, publish as never]]);
    const plan = planOf([publish.with({ env: 'production' })]);
    const order = { ledger, scope: SCOPE, run: 'r-1', actor: 'ana', reason: 'test' };
    const held = await startRun(order, { plan, request: {}, configDigest: 'd' });
    await pair.copy();
    const tools = toolsOf({ clock: systemClock, ledger, held, steps });
    const times = { ...tools.times, intentMs: 2_000, settleFactor: 0.01 };
    const error = await failureOf(runPlan({ plan, run: 'r-1', tools: { ...tools, times } }));
    expect(error.code).toBe('E_LEDGER_LOST');
    const next = pair.open('ben');
    expect(foldRuns(await next.read(SCOPE)).at(-1)).toMatchObject({ end: 'paused' });
    const again = await resumeRun({ ...order, ledger: next }, 'deploy');
    const fresh = toolsOf({ clock: systemClock, ledger: next, held: again.held, steps });
    const result = await runPlan({ plan: again.state.plan, run: 'r-1', tools: { ...fresh, times } });
    expect(result.verdict).toBe('completed');
    expect([effects.length, asked]).toEqual([1, 1]);
  });
});
