import { expect, it } from 'vitest';
import type { RunState } from '../../src/ledger/fold.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { listStepTimes, saySteps, tabulateSteps } from '../../src/report/steps-text.ts';

const at = '2025-10-01T14:00:41.000Z';
const run = {
  run: 'r-1',
  plan: {
    entries: [
      { kind: 'step', name: 'backup', title: 'Back up the database' },
      { kind: 'gate', name: 'gate-smoke', title: 'Smoke tests say go' },
      { kind: 'step', name: 'publish', title: 'Publish v2.1.0' },
      { kind: 'step', name: 'progress', title: 'Announce progress' },
    ],
  },
  entries: {
    backup: { state: 'done', how: 'effect', done: {}, tookMs: 41_000, at, startedAt: at },
    'gate-smoke': { state: 'done', how: 'effect', done: { call: 'go' }, tookMs: 0, at, startedAt: at },
    publish: { state: 'failed', firstAt: at, code: 'E_X', said: 'no', attempts: 1, at },
  },
} as unknown as RunState;

it('has each entry with its time, and none where none was measured', () => {
  expect(listStepTimes(run).map(({ name, state, tookMs }) => [name, state, tookMs])).toEqual([
    ['backup', 'done', 41_000],
    ['gate-smoke', 'done', null],
    ['publish', 'failed', null],
    ['progress', 'none', null],
  ]);
});

it('says it for people, and what was not reached, on lines that no screen breaks', () => {
  const lines = saySteps(run, 'America/New_York', { ascii: false, columns: 40 });
  expect(lines[0]).toMatch(/^ {4}10:00 EDT +41 s +Back up the data/);
  expect(lines[1]).toMatch(/– +Smoke tests/);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(40);
  expect(saySteps(run, 'America/New_York', { ascii: false, columns: 100 }).at(-1)).toMatch(
    /Announce progress: not reached/,
  );
});

it('is tab-separated in a pipe, in UTC and milliseconds', () => {
  expect(tabulateSteps(run)[0]).toBe(`r-1\tbackup\tBack up the database\tdone\t${at}\t41000`);
  expect(tabulateSteps(run)[3]).toBe('r-1\tprogress\tAnnounce progress\tnone\t\t');
});
