import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import type { JobKind } from '../../../src/cli/jobs/job-kinds.ts';
import { parseInterval } from '../../../src/cli/jobs/parse-interval.ts';
import { runTick } from '../../../src/cli/jobs/run-tick.ts';
import { isAnythingDue } from '../../../src/cli/looks/do-looks.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { foldWeek } from '../../../src/ledger/fold-week.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { failureOf } from '../../support/failure-of.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { makeRunbook } from '../../support/policy.ts';
import { planOf } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster();
});
afterAll(() => cluster.stop());

function wiredWith(scope: string, store = 'postgres'): Wired {
  const production = { url: 'https://shop.example.com', ledger: { store, url: '$LEDGER' } };
  const runbook = makeRunbook({ service: 'shop', environments: { production } });
  const secrets = { read: () => cluster.url('postgres'), has: () => true, learn: () => undefined };
  const environment = runbook.environments.production;
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock: past });
  const at = { env: 'production', scope, clock: systemClock, configured: new Set() };
  return { ...at, runbook, environment, secrets, ledger } as unknown as Wired;
}
/** The clock of the record: what happened so many ms ago. */
let agoMs = 0;
const past = { ...systemClock, now: () => new Date(Date.now() - agoMs) };

/** Users came three hours and ten minutes ago, and the watch of the release ran whole. */
async function letPass({ ledger, scope }: Wired, state: 'complete' | 'stopped' = 'complete'): Promise<void> {
  const version = 'v2.1.0';
  const plan = { ...planOf(1), command: 'deploy', version } as const;
  agoMs = 190 * 60_000;
  const held = await ledger.acquire(scope, { run: 'r-1', actor: 'Dana Ito', reason: 'deploy' });
  const planned = { plan, request: {}, configDigest: 'd' };
  await ledger.append(held, { id: 'p', run: 'r-1', type: 'run.planned', data: planned });
  const end = { verdict: 'completed', said: '' } as const;
  await ledger.append(held, { id: 'e', run: 'r-1', type: 'run.finished', data: end });
  await ledger.release(held, 'completed');
  agoMs = 65 * 60_000;
  const ended = { version, verdict: 'healthy', state, said: state } as const;
  await ledger.note(scope, { id: 'c', run: 'w-1', type: 'watch.ended', data: ended });
  agoMs = 0;
}

const { context } = makeTestContext({});
const ask = (sql: string) => cluster.query('postgres', sql);

describe('release tick', () => {
  it('does a job that is due, records it once, and finds nothing due afterwards', async () => {
    const wired = wiredWith('shop/one');
    let done = 0;
    const look = async () => {
      done += 1;
      return { said: `look ${done}` };
    };
    const kinds = new Map<string, JobKind>([['drift', look]]);
    const ordered = await runTick({ schedule: 'drift', every: '24h' }, context, wired, kinds);
    expect(ordered.text).toContain('drift of shop/one is due now, and then every 24h');
    const first = await runTick({}, context, wired, kinds);
    expect(first).toMatchObject({ exitCode: 0, text: '  ✔ drift of shop/one: look 1' });
    expect(first.result.jobs).toEqual([
      { scope: 'shop/one', kind: 'drift', tick: 0, outcome: 'done', said: 'look 1', isOurs: true },
    ]);
    expect(await runTick({}, context, wired, kinds)).toMatchObject({
      exitCode: 0,
      text: '  Nothing is due.',
    });
    expect(done).toBe(1);
  });

  it('F69: shares the work among agents that run at the same moment', async () => {
    const wired = wiredWith('shop/many');
    let done = 0;
    const look = async () => {
      done += 1;
      return { said: `look ${done}` };
    };
    const kinds = new Map<string, JobKind>([['drift', look]]);
    await runTick({ schedule: 'drift', every: '1d' }, context, wired, kinds);
    await Promise.all(Array.from({ length: 5 }, () => runTick({}, context, wired, kinds)));
    expect(done).toBe(1);
  });

  it('records a job that broke, goes on, and ends with 1', async () => {
    const wired = wiredWith('shop/broken');
    const broken = new ReleaseError('E_DB_UNREACHABLE', { what: 'Gone.', next: '', state: 'untouched' });
    const kinds = new Map<string, JobKind>([['drift', () => Promise.reject(broken)]]);
    await runTick({ schedule: 'drift', every: '1d' }, context, wired, kinds);
    expect(await runTick({}, context, wired, kinds)).toMatchObject({ exitCode: 1 });
    const sql = "select outcome, said from release_ledger.release_tick where scope = 'shop/broken'";
    expect(await ask(sql)).toEqual([{ outcome: 'failed', said: 'E_DB_UNREACHABLE: Gone.' }]);
    expect((await runTick({}, context, wired, kinds)).text).toBe('  Nothing is due.');
  });

  it('leaves a tick unrecorded when a bug of ours breaks it, so that another agent takes it', async () => {
    const wired = wiredWith('shop/bug');
    const kinds = new Map<string, JobKind>([['drift', () => Promise.reject(new TypeError('ours'))]]);
    await runTick({ schedule: 'drift', every: '1d' }, context, wired, kinds);
    await expect(runTick({}, context, wired, kinds)).rejects.toThrow('ours');
    expect(await ask("select 1 from release_ledger.release_tick where scope = 'shop/bug'")).toEqual([]);
  });

  it('takes a job off again', async () => {
    const wired = wiredWith('shop/off');
    await runTick({ schedule: 'drift', every: '1d' }, context, wired);
    expect((await runTick({ unschedule: 'drift' }, context, wired)).text).toContain('due no more');
    expect((await runTick({ unschedule: 'drift' }, context, wired)).text).toContain('no such job');
  });

  it('CMP-02: says that nobody watched what is live, after all that the queue had', async () => {
    const wired = wiredWith('shop/unwatched');
    await letPass(wired, 'stopped');
    const kinds = new Map<string, JobKind>([['look', async () => ({ said: 'hour 3: clean' })]]);
    expect(await runTick({}, context, wired, kinds)).toMatchObject({
      exitCode: 3,
      text: `  ✔ look of shop/unwatched: hour 3: clean
  ▲ monitoring of shop/unwatched: the 2 h of monitoring of v2.1.0 were never watched to an end (stopped)`,
      next: ['release watch --env production'],
    });
  });

  it('V24-01, F69: a look comes due by the release itself, and of many agents one takes it', async () => {
    const wired = wiredWith('shop/week');
    await letPass(wired);
    let taken = 0;
    // Like the real one it reads the record anew: another agent may have ordered what was done meanwhile.
    const look: JobKind = async (_, __, now) => {
      const week = foldWeek(await wired.ledger.read(wired.scope), {
        minutes: 120,
        confirmMinutes: 15,
        successHours: 48,
      });
      if (week === undefined || !isAnythingDue(week, now)) return { said: 'nothing was left to do' };
      taken += 1;
      const data = {
        version: 'v2.1.0',
        hour: 3,
        verdict: 'clean',
        level: 'ok',
        said: '',
        figures: {},
        since: '',
      };
      await wired.ledger.note(wired.scope, {
        id: `look:${taken}`,
        run: 'l-1',
        type: 'watch.looked',
        data,
      } as never);
      return { said: 'hour 3: clean' };
    };
    const kinds = new Map<string, JobKind>([['look', look]]);
    await Promise.all(Array.from({ length: 5 }, () => runTick({}, context, wired, kinds)));
    expect(taken).toBe(1);
    await runTick({}, context, wired, kinds);
    const [row] = await ask(
      `select extract(epoch from due_at - clock_timestamp()) / 60 as minutes
        from release_ledger.release_job where scope = 'shop/week'`,
    );
    expect(Math.round(Number((row as { minutes: string }).minutes))).toBe(50);
    expect(taken).toBe(1);
  });

  it('answers with the worst of what it did, and leaves undone what was stopped', async () => {
    const wired = wiredWith('shop/worst');
    const kinds = new Map<string, JobKind>([
      ['drift', async () => ({ said: 'clean' })],
      ['look', async () => ({ said: 'P1', exitCode: 8, next: ['release watch'] })],
      ['stopped', async () => undefined],
    ]);
    for (const schedule of kinds.keys()) await runTick({ schedule, every: '1d' }, context, wired, kinds);
    const { exitCode, next, result } = await runTick({}, context, wired, kinds);
    expect([exitCode, next]).toEqual([8, ['release watch']]);
    expect((result.jobs as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual(['drift', 'look']);
    const sql = "select kind from release_ledger.release_tick where scope = 'shop/worst' order by kind";
    expect(await ask(sql)).toEqual([{ kind: 'drift' }, { kind: 'look' }]);
  });

  it('refuses a ledger that keeps no jobs, and half an order', async () => {
    const file = await failureOf(
      runTick({ schedule: 'drift', every: '1d' }, context, wiredWith('shop/file', 'file')),
    );
    expect(file.code).toBe('E_NOT_CONFIGURED');
    for (const half of [{ schedule: 'drift' }, { every: '24h' }])
      expect((await failureOf(runTick(half, context, wiredWith('shop/half')))).code).toBe('E_ARGUMENTS');
  });

  it('reads intervals as people write them, within bounds', () => {
    expect(['5m', '24h', '7d', '31d'].map(parseInterval)).toEqual([
      300_000, 86_400_000, 604_800_000, 2_678_400_000,
    ]);
    for (const odd of ['4m', '32d', '24', 'h', '-1h', '1.5h', '0h', '24 h', ''])
      expect(() => parseInterval(odd)).toThrow(ReleaseError);
  });
});
