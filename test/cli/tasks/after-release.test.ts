import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { runTask } from '../../../src/cli/tasks/run-task.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { afterRelease } from '../../../src/domain/tasks/lists/after-release.ts';
import { openWeek, type WantedWeek } from '../looks/week-world.ts';

const FIGURES = {
  ...{ 'error-percent': 0.1, 'failed-probes': 0, 'query-p95-ms': 12 },
  ...{ 'payment-success-percent': 100, 'p95-ms': 84 },
};
type Bad = Readonly<
  Record<number, { readonly verdict?: 'above' | 'unknown'; readonly figures?: JsonObject }>
>;
type Told = {
  readonly id: string;
  readonly state: string;
  readonly lacking: string | null;
  readonly closed: JsonObject | null;
};

const TO_THIRD_DAY = [...Array.from({ length: 46 }, (_, i) => i + 3), 72, 96, 120];

/** A release whose looks up to an hour are on record. */
async function openReleased(until: number, bad: Bad = {}, wanted: WantedWeek = {}) {
  const world = await openWeek(wanted);
  for (const hour of TO_THIRD_DAY.filter((one) => one <= until)) {
    const { verdict = 'clean', figures = FIGURES } = bad[hour] ?? {};
    const level = verdict === 'above' ? 'P2' : 'ok';
    const said = verdict === 'above' ? 'error-percent' : '';
    const data = { version: 'v2.1.0', hour, verdict, level, said, figures, since: '' } as const;
    await world.note(`r-1:look:${hour}`, 'watch.looked', data);
  }
  world.turnTo(until + 0.2);
  const task = (args: readonly string[] = ['list'], options = { all: true }) =>
    runTask(args, options, world.contextFor('task').context, world.wiredFor(0.5));
  const told = async (): Promise<readonly Told[]> => {
    const { result } = await task();
    const [list] = result.lists as unknown as readonly { readonly tasks: readonly Told[] }[];
    return list?.tasks ?? [];
  };
  const one = async (id: string) => (await told()).find((each) => each.id === id);
  return { world, task, told, one };
}

it('every row of the week after a release is in its list, due at the end of a business day', async () => {
  const rows = Array.from({ length: 24 }, (_, i) => `post-${String(i + 1).padStart(2, '0')}`);
  expect(afterRelease.tasks.map(({ id }) => id)).toEqual(rows);
  const { task } = await openReleased(2.5);
  const { text } = await task();
  expect(text).toContain('Tasks after the release of v2.1.0   24 open');
  // Users came on a Wednesday: the third business day is a Monday, and ends at midnight.
  expect(text).toMatch(/post-05 .*\n +by Fri 3 Oct 00:00 EDT · unassigned/);
  expect(text).toMatch(/post-08 .*\n +by Tue 7 Oct 00:00 EDT/);
  expect(text).toMatch(/post-13 .*\n +by Thu 9 Oct 00:00 EDT/);
  expect(text).toMatch(/post-24 .*\n +by Sat 11 Oct 00:00 EDT/);
});

it('POST-04, POST-05, POST-08 … POST-13, POST-15, POST-16, POST-18 … POST-20, POST-22 … POST-24: a person closes each, with evidence', async () => {
  const { task, told } = await openReleased(2.5);
  const byPeople = afterRelease.tasks.flatMap(({ id, seenBy }) => (seenBy === undefined ? [id] : []));
  const rows = [4, 5, 8, 9, 10, 11, 12, 13, 15, 16, 18, 19, 20, 21, 22, 23, 24];
  expect(byPeople.map((id) => Number(id.slice(5)))).toEqual(rows);
  for (const id of byPeople) await task(['done', id], { evidence: `notes of ${id}` } as never);
  const closed = (await told()).filter(({ state }) => state === 'done');
  expect(closed.map((one) => [one.id, one.closed?.said])).toEqual(
    byPeople.map((id) => [id, `notes of ${id}`]),
  );
});

it('is opened for a release that nobody watched as well, and not before its monitoring is over', async () => {
  const early = await openReleased(1, {}, { isComplete: false });
  expect((await early.task()).text).toBe(
    '  No tasks: a release opens them when its monitoring is over, a rollback with its end.',
  );
  const late = await openReleased(2.5, {}, { isComplete: false });
  expect(await late.told()).toHaveLength(24);
});

it.each([
  { row: 'POST-01', id: 'post-01', said: '22 looks, hours 3 to 24: error-percent 0.1 → 0.1 (0.1 to 0.1)' },
  { row: 'POST-02', id: 'post-02', said: '22 looks, hours 3 to 24: query-p95-ms 12 → 12 (12 to 12)' },
  {
    row: 'POST-03',
    id: 'post-03',
    said: '22 looks, hours 3 to 24: payment-success-percent 100 → 100 (100 to 100)',
  },
])(
  '$row: is closed by the looks of the first day, with what they read, and not before',
  async ({ id, said }) => {
    const early = await openReleased(23);
    expect(await early.one(id)).toMatchObject({ state: 'open', lacking: '21 of 22 looks so far' });
    const late = await openReleased(24);
    expect(await late.one(id)).toMatchObject({ state: 'seen', closed: { said, by: 'release' } });
  },
);

it('POST-01: a night that was above its limits, or of which an hour is not known, is left to people', async () => {
  const above = await openReleased(24, { 7: { verdict: 'above' } });
  expect(await above.one('post-01')).toMatchObject({ state: 'open', lacking: 'hour 7 P2: error-percent' });
  const unknown = await openReleased(24, { 7: { verdict: 'unknown' } });
  expect(await unknown.one('post-01')).toMatchObject({ state: 'open', lacking: 'hour 7 unknown' });
  expect((await unknown.task()).text.replace(/\s+/g, ' ')).toContain('not seen yet: hour 7 unknown');
});

it('POST-03: payments of which too few were made for a number stay open, and say so', async () => {
  const { one } = await openReleased(24, { 4: { figures: { ...FIGURES, 'payment-success-percent': null } } });
  const lacking = 'payment-success-percent not measured in 1 of 22 looks';
  expect(await one('post-03')).toMatchObject({ state: 'open', lacking });
  expect(await one('post-01')).toMatchObject({ state: 'seen' });
});

it('POST-07, POST-14: the looks of the third day close its reading, and compare each figure with its target', async () => {
  const early = await openReleased(96);
  expect(await early.one('post-07')).toMatchObject({ state: 'open', lacking: '26 of 27 looks so far' });
  expect(await early.one('post-14')).toMatchObject({ state: 'open' });
  const { one } = await openReleased(120);
  const said = '27 looks, hours 25 to 120: p95-ms 84 → 84 (84 to 84)';
  expect(await one('post-07')).toMatchObject({ state: 'seen', closed: { said } });
  const table = 'worst of 49 in 49 looks: error-percent 0.1 (< 1), failed-probes 0 (< 1)';
  expect(await one('post-14')).toMatchObject({ state: 'seen', closed: { said: table } });
});

it('POST-14: what was never measured, or missed its target, is not compared by the program', async () => {
  const figures = { 'error-percent': 1.2, 'p95-ms': 84 };
  const bad = Object.fromEntries(TO_THIRD_DAY.map((hour) => [hour, { figures }]));
  const { one } = await openReleased(120, bad);
  const lacking = 'worst of 49 in 49 looks: error-percent 1.2 (not < 1), failed-probes not measured';
  expect(await one('post-14')).toMatchObject({ state: 'open', lacking });
  const unknown = await openReleased(120, { 48: { verdict: 'unknown' } });
  const few = 'worst of 48 in 49 looks: error-percent 0.1 (< 1), failed-probes 0 (< 1)';
  expect(await unknown.one('post-14')).toMatchObject({ state: 'open', lacking: few });
});

it('POST-06: a letter to stakeholders of the day after closes it; that of the release day, or one in a file, does not', async () => {
  const send = (transport: 'mail' | 'file') =>
    ({
      template: 'release-complete-email',
      version: 'v2.1.0',
      by: 'Ana Diaz',
      missed: [],
      sent: [{ channel: 'all', transport }],
    }) as const;
  const { world, one } = await openReleased(3);
  await world.note('m-1', 'message.sent', send('mail'));
  world.turnTo(20);
  await world.note('m-2', 'message.sent', send('file'));
  expect(await one('post-06')).toMatchObject({ state: 'open' });
  await world.note('m-3', 'message.sent', send('mail'));
  const said = 'release-complete-email, sent by Ana Diaz on 2025-10-02';
  expect(await one('post-06')).toMatchObject({ state: 'seen', closed: { said } });
});

it('POST-17: a runbook that was reviewed after the release, with the day of the next review, closes it', async () => {
  const document = (updated: string, nextReview: string) => ({
    runbook: { document: { version: '2.1', updated, nextReview, owner: 'devops-lead' } },
  });
  const old = await openReleased(60, {}, document('2025-10-01', '2026-01-01'));
  expect(await old.one('post-17')).toMatchObject({ state: 'open' });
  const overdue = await openReleased(60, {}, document('2025-10-02', '2025-10-03'));
  expect(await overdue.one('post-17')).toMatchObject({ state: 'open' });
  const done = await openReleased(60, {}, document('2025-10-02', '2026-01-02'));
  const said = 'version 2.1 of 2025-10-02, next review on 2026-01-02';
  expect(await done.one('post-17')).toMatchObject({ state: 'seen', closed: { said } });
});

it('a rollback drops what is open, with the reason, and no list is opened for what was rolled back', async () => {
  const { world, told } = await openReleased(24);
  await told();
  await world.beginRollback('b-1', 'completed');
  const after = await told();
  expect(after.find(({ id }) => id === 'post-01')).toMatchObject({ state: 'seen' });
  const closed = { said: 'v2.1.0 was rolled back, run b-1', by: 'release' };
  expect(after.find(({ id }) => id === 'post-13')).toMatchObject({ state: 'dropped', closed });
  const never = await openReleased(2.5);
  await never.world.beginRollback('b-1', 'completed');
  expect((await never.told()).map(({ id }) => id)).not.toContain('post-01');
});

it('POST-13: a task that is overdue is told by a tick, once, and shown by the status beside the looks', async () => {
  const { world, task } = await openReleased(24);
  await task();
  const early = await world.tick(24.3);
  expect(early.text).not.toContain('overdue');
  const late = await world.tick(191);
  expect([late.exitCode, late.text]).toEqual([
    3,
    expect.stringMatching(/overdue after the release of v2.1.0: .*post-13/),
  ]);
  expect((await world.tick(191.5)).text).not.toContain('overdue');
  const { text } = await world.status(192);
  expect(text.replace(/\s+/g, ' ')).toMatch(
    /tasks after the release of v2.1.0: \d+ overdue, \d+ open, 3 closed/,
  );
});

it('E-116: a release of which every task is done is closed, and says so; with one that is open it is not', async () => {
  const { world, task, told } = await openReleased(120);
  for (const { id, closed } of await told())
    if (closed === null && id !== 'post-24') await task(['done', id], { evidence: 'in the wiki' } as never);
  expect((await world.status(120.5)).text).not.toContain('closed: every');
  await task(['done', 'post-24'], { evidence: 'none is needed' } as never);
  const text = (await world.status(121)).text.replace(/\s+/g, ' ');
  expect(text).toContain('closed: every task after the release of v2.1.0 is done or dropped');
});

it('POST-21: the archive holds ledger and reports with their digests, and the ledger remembers the digest of those', async () => {
  const reports = {
    read: async (path: string) => {
      if (path === 'reports/v2.1.0/e2e.json') return [{ path, at: '', text: '{"passed":41}' }];
      throw new ReleaseError('E_REPORT_MISSING', { what: path, next: '', state: 'untouched' });
    },
  };
  const runbook = {
    evidence: {
      e2e: { files: ['reports/{version}/e2e.json'] },
      audit: { file: 'reports/{version}/audit.json' },
    },
  };
  const { world, one } = await openReleased(24, {}, { services: { reports }, runbook } as WantedWeek);
  const made = world.contextFor('task');
  const file = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const context = { ...made.context, out: { ...made.context.out, file } };
  const archive = () => runTask(['archive'], { folder: 'kept' }, context, world.wiredFor(0.5));
  const { warnings } = await archive();
  expect(warnings).toEqual(['reports/v2.1.0/audit.json is not on this machine: it is not in the archive.']);
  const folder = join(context.cwd, 'kept');
  execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder });
  expect(readFileSync(join(folder, 'ledger.jsonl'), 'utf8')).toContain('"type":"watch.looked"');
  expect(existsSync(join(folder, 'reports/v2.1.0/e2e.json'))).toBe(true);
  const sums = execFileSync('sha256sum', ['SHA256SUMS'], { cwd: folder, encoding: 'utf8' }).slice(0, 64);
  const said = `kept: 2 files, SHA256SUMS ${sums}`;
  expect(await one('post-21')).toMatchObject({ state: 'done', closed: { said, by: 'Dana Ito' } });
  // Closed is closed, and what was kept is never overwritten.
  await expect(archive()).rejects.toMatchObject({ code: 'E_ARGUMENTS' });
});

it('POST-21: needs a folder, and refuses one that holds an archive', async () => {
  const { world, task, one } = await openReleased(24);
  await expect(task(['archive'], {} as never)).rejects.toMatchObject({ code: 'E_ARGUMENTS' });
  const { context } = world.contextFor('task');
  mkdirSync(join(context.cwd, 'old'));
  writeFileSync(join(context.cwd, 'old/SHA256SUMS'), '');
  const again = runTask(['archive'], { folder: 'old' }, context, world.wiredFor(0.5));
  await expect(again).rejects.toMatchObject({ code: 'E_FILE_EXISTS' });
  expect(await one('post-21')).toMatchObject({ state: 'open' });
});
