import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { openJobs } from '../../support/postgres-jobs.ts';
import { openPostgresLine } from '../../support/postgres-line.ts';

let cluster: Cluster;
let line: Awaited<ReturnType<typeof openPostgresLine>>;
const closers: (() => Promise<void>)[] = [];
const SCOPE = 'shop/production';
const DAY = 86_400_000;
const DONE = { outcome: 'done', said: 'no drift' } as const;
let schemas = 0;
let schema = '';

beforeAll(async () => {
  cluster = await openCluster();
  line = await openPostgresLine(() => cluster.port);
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(async () => {
  await line.close();
  await cluster.stop();
});

const open = (agent: string, more: { skewMs?: number; claimMs?: number } = {}) => {
  const url = new URL(cluster.url('postgres'));
  url.port = String(line.port);
  const { queue, close } = openJobs(url.href, agent, { schema, ...more });
  closers.push(close);
  return queue;
};
const fresh = (agent: string) => {
  schemas += 1;
  schema = `jobs_${schemas}`;
  return open(agent);
};
const ask = (sql: string) => cluster.query('postgres', sql);
const move = (sql: string) => ask(`update ${schema}.release_job set ${sql}`);

describe('the job queue', () => {
  it('is empty, and makes nothing, before the first job is ordered', async () => {
    const queue = fresh('ana');
    expect(await queue.list([SCOPE])).toEqual([]);
    expect(await queue.claim([SCOPE], ['drift'], 10)).toEqual([]);
    expect(await queue.unschedule(SCOPE, 'drift')).toBe(false);
    expect(await ask(`select to_regnamespace('${schema}') is null as none`)).toEqual([{ none: true }]);
  });

  it('gives a due job to one agent, records its tick, and has the next one due an interval later', async () => {
    const [ana, ben] = [fresh('ana'), open('ben')];
    await ana.schedule(SCOPE, 'drift', DAY);
    const before = (await ana.list([SCOPE]))[0];
    expect(before).toMatchObject({ scope: SCOPE, kind: 'drift', everyMs: DAY });
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    expect(job).toEqual({ scope: SCOPE, kind: 'drift', tick: 0 });
    expect(await ben.claim([SCOPE], ['drift'], 10)).toEqual([]);
    expect((await ben.list([SCOPE]))[0]?.agent).toBe('ana');
    expect(job && (await ana.complete(job, DONE))).toBe(true);
    const after = (await ben.list([SCOPE]))[0];
    expect(after).toMatchObject({ last: DONE });
    expect(after).not.toHaveProperty('agent');
    expect(Date.parse(after?.dueAt ?? '') - Date.parse(before?.dueAt ?? '')).toBe(DAY);
    expect(await ben.claim([SCOPE], ['drift'], 10)).toEqual([]);
  });

  it('F69: gives the tick of a killed agent to another when its claim has run off, and records it once', async () => {
    const [ana, ben] = [fresh('ana'), open('ben')];
    await ana.schedule(SCOPE, 'drift', DAY);
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    expect(await ben.claim([SCOPE], ['drift'], 10)).toEqual([]);
    await move(`claim_until = clock_timestamp() - interval '1 ms'`);
    const [again] = await ben.claim([SCOPE], ['drift'], 10);
    expect(again).toEqual(job);
    expect(job && (await ana.keep(job))).toBe(false);
    expect(job && (await ana.complete(job, { outcome: 'failed', said: 'of a dead one' }))).toBe(false);
    expect(again && (await ben.complete(again, DONE))).toBe(true);
    expect(job && (await ana.complete(job, { outcome: 'failed', said: 'of a dead one' }))).toBe(false);
    expect(await ask(`select agent, tick::int, said from ${schema}.release_tick`)).toEqual([
      { agent: 'ben', tick: 0, said: 'no drift' },
    ]);
  });

  it('F69: keeps a claim for as long as its agent says so', async () => {
    const [ana, ben] = [fresh('ana'), open('ben')];
    await ana.schedule(SCOPE, 'drift', DAY);
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    await move(`claim_until = clock_timestamp() - interval '1 ms'`);
    expect(job && (await ana.keep(job))).toBe(true);
    expect(await ben.claim([SCOPE], ['drift'], 10)).toEqual([]);
  });

  it('F69: records a tick once whose answer was lost on the way', async () => {
    const ana = fresh('ana');
    await ana.schedule(SCOPE, 'drift', DAY);
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    const before = line.drops();
    line.loseNext(/INSERT 0 1/);
    expect(job && (await ana.complete(job, DONE))).toBe(true);
    expect(line.drops()).toBe(before + 1);
    expect(await ask(`select count(*)::int as ticks from ${schema}.release_tick`)).toEqual([{ ticks: 1 }]);
    expect((await ana.list([SCOPE]))[0]?.last).toMatchObject(DONE);
  });

  it('F71: goes by the clock of the server, for what is due and for what is held', async () => {
    const early = fresh('ana');
    await early.schedule(SCOPE, 'drift', DAY);
    const behind = open('behind', { skewMs: -300_000 });
    const ahead = open('ahead', { skewMs: +300_000 });
    expect(await behind.claim([SCOPE], ['drift'], 10)).toHaveLength(1);
    expect(await ahead.claim([SCOPE], ['drift'], 10)).toEqual([]);
    await move(`claim_until = '-infinity', due_at = clock_timestamp() + interval '4 minutes'`);
    expect(await ahead.claim([SCOPE], ['drift'], 10)).toEqual([]);
  });

  it('does not make up for what was missed, and stays on its hour', async () => {
    const ana = fresh('ana');
    await ana.schedule(SCOPE, 'drift', DAY);
    await move(`due_at = clock_timestamp() - interval '3 days 2 hours'`);
    const before = Date.parse((await ana.list([SCOPE]))[0]?.dueAt ?? '');
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    await ana.complete(job as never, DONE);
    expect(await ana.claim([SCOPE], ['drift'], 10)).toEqual([]);
    expect(Date.parse((await ana.list([SCOPE]))[0]?.dueAt ?? '') - before).toBe(4 * DAY);
  });

  it('does a job without an interval once, and again when it is ordered again', async () => {
    const ana = fresh('ana');
    for (const tick of [0, 1]) {
      await ana.schedule(SCOPE, 'drift');
      const [job] = await ana.claim([SCOPE], ['drift'], 10);
      expect(job?.tick).toBe(tick);
      await ana.complete(job as never, DONE);
      expect((await ana.list([SCOPE]))[0]).not.toHaveProperty('dueAt');
      expect(await ana.claim([SCOPE], ['drift'], 10)).toEqual([]);
    }
  });

  it('takes a new interval, and never puts off what is due', async () => {
    const ana = fresh('ana');
    await ana.schedule(SCOPE, 'drift', DAY);
    const due = async () => Date.parse((await ana.list([SCOPE]))[0]?.dueAt ?? '');
    const first = await due();
    await ana.schedule(SCOPE, 'drift', 7 * DAY);
    expect(await due()).toBe(first);
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    await ana.complete(job as never, DONE);
    expect(await due()).toBe(first + 7 * DAY);
    await ana.schedule(SCOPE, 'drift', DAY);
    expect(await due()).toBe(first + DAY);
  });

  it('leaves jobs of other scopes, and of kinds that this program does not know, to others', async () => {
    const ana = fresh('ana');
    await ana.schedule('other/production', 'drift', DAY);
    await ana.schedule(SCOPE, 'of-tomorrow', DAY);
    expect(await ana.claim([SCOPE], ['drift'], 10)).toEqual([]);
    expect(await ana.claim([SCOPE], ['drift', 'of-tomorrow'], 10)).toHaveLength(1);
  });

  it('forgets a job that is taken off, and keeps what it did', async () => {
    const ana = fresh('ana');
    await ana.schedule(SCOPE, 'drift', DAY);
    const [job] = await ana.claim([SCOPE], ['drift'], 10);
    await ana.complete(job as never, DONE);
    expect(await ana.unschedule(SCOPE, 'drift')).toBe(true);
    expect(await ana.list([SCOPE])).toEqual([]);
    expect(await ask(`select count(*)::int as ticks from ${schema}.release_tick`)).toEqual([{ ticks: 1 }]);
  });
});
