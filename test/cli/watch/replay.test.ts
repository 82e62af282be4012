import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GlobalFlags } from '../../../src/cli/context.ts';
import { runWatch } from '../../../src/cli/watch/run-watch.ts';
import { writeTick } from '../../../src/domain/watch/read-tick.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { endOf } from '../cli-world.ts';

const T0 = Date.UTC(2025, 9, 1, 14, 25);
const RULES = {
  rules: {
    'error-percent': {
      title: 'Failed requests',
      unit: 'percent',
      minSamples: 20,
      bands: [
        { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5 },
        { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 },
      ],
    },
  },
};
const MILD = JSON.stringify(RULES).replace('"from":5,', '"from":80,');

/** Ten requests every ten seconds; from one second to another `bad` of them fail. */
const record = (seconds: number, bad: number, from = 0, to = seconds): string =>
  Array.from({ length: seconds / 10 + 1 }, (_, i): Tick => {
    const s = i * 10;
    const k = s >= from && s < to ? bad : 0;
    return { at: T0 + s * 1000, metric: 'error-percent', series: 'GET /a', source: 'test', k, n: 10 };
  })
    .map((tick) => `${writeTick(tick)}\n`)
    .join('');

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function play(
  ticks: string,
  options: Readonly<Record<string, string>> = {},
  flags: Partial<GlobalFlags> = {},
  more: Readonly<Record<string, string>> = {},
) {
  const cwd = makeFolder({ 'ticks.jsonl': ticks, 'rules.json': JSON.stringify(RULES), ...more });
  const { context } = makeTestContext({ command: 'watch', flags });
  const order = { replay: 'ticks.jsonl', rules: 'rules.json', ...options };
  return { cwd, ...(await endOf(runWatch([], order, { ...context, cwd }))) };
}

describe('release watch --replay', () => {
  it('RBC-P0-1: tells what fired and when, and ends with 8', async () => {
    const { result } = await play(record(1200, 3, 600));
    expect([result?.exitCode, result?.verdict]).toEqual([8, 'rollback']);
    expect(result?.text).toContain('14:40:00  P0    error-percent  GET /a  RBC-P0-1\n');
    expect(result?.text).toContain('93 of 310, surely above 25.7 %, for 5 min');
  });

  it('ends with 0 when all is well to the end, with 3 when people have to decide or nobody knows', async () => {
    const exits = [record(1200, 0), record(1200, 3), record(100, 0), ''].map(async (ticks) => {
      const { result } = await play(ticks, { failOn: 'P0', rules: 'mild.json' }, {}, { 'mild.json': MILD });
      return [result?.exitCode, result?.verdict];
    });
    expect(await Promise.all(exits)).toEqual([
      [0, 'healthy'],
      [3, 'evaluate'],
      [3, 'inconclusive'],
      [3, 'inconclusive'],
    ]);
  });

  it('DP-4b: does not call a release complete of which nobody knows how a part of it went', async () => {
    const whole = record(7300, 0).split('\n');
    const holed = whole.filter((_, i) => i < 200 || i >= 320).join('\n');
    const [known, unknown] = await Promise.all([play(whole.join('\n')), play(holed)]);
    const fourth = (said: string) =>
      expect.arrayContaining([{ what: 'decision 4', said: [said], flips: false }]);
    expect(known.result?.result.decisions).toEqual(fourth('RELEASE COMPLETE'));
    expect(unknown.result?.result.decisions).toEqual(fourth('NOT COMPLETE: test fell silent in it'));
  });

  it('DP-3b, DP-4b: says what the points of decision would have seen', async () => {
    const { result } = await play(record(7300, 3, 1000, 2000));
    expect(result?.result.decisions).toMatchObject([
      { what: 'roll back (P1)', said: [expect.stringContaining('14:46:40  P0')] },
      { what: 'decision 3', said: ['ROLL BACK? (P0)'] },
      { what: 'decision 4', said: ['RELEASE COMPLETE'] },
      { what: 'at the end', said: ['rollback'] },
    ]);
  });

  it('shows which decision flips under other rules, and decides by those', async () => {
    const config = [
      'service: shop',
      'product: Shop',
      'timezone: Europe/Berlin',
      'environments: { production: { url: https://shop.example } }',
      `rules: ${JSON.stringify(RULES.rules)}`,
    ].join('\n');
    const files = { 'mild.json': MILD, 'runbook.config.yaml': config };
    const { result } = await play(record(1200, 3, 600), { rules: 'mild.json' }, {}, files);
    expect(result?.exitCode).toBe(3);
    expect(result?.result.decisions).toMatchObject([
      { flips: true, said: ['16:40:00  P0 error-percent', 'never'] },
      ...[{ flips: false }, { flips: false }, { flips: true }],
    ]);
    expect(result?.text).toContain('← flips');
  });

  it('writes every change as a line, the same bytes twice', async () => {
    const lines = await Promise.all(
      [1, 2].map(async () => {
        const { cwd } = await play(record(1200, 3, 600), {}, { events: 'changes.jsonl' });
        return readFileSync(join(cwd, 'changes.jsonl'), 'utf8');
      }),
    );
    expect(lines[0]).toBe(lines[1]);
    const last = lines[0]?.trimEnd().split('\n').at(-1) ?? '';
    expect(Object.keys(JSON.parse(last))).toEqual([
      ...['at', 'severity', 'rule', 'row', 'knowledge', 'series', 'source', 'onset_at', 'fired_at', 'for_s'],
      ...['value', 'n', 'k', 'lower', 'upper'],
    ]);
  });

  it.each([
    ['a line that is none', `${record(20, 0)}nonsense\n`, {}, 'E_TICKS', 'docs/ticks.md'],
    ['lines out of order', `${record(20, 0)}${record(10, 0)}`, {}, 'E_TICKS', 'docs/ticks.md'],
    ['a file that is not there', '', { replay: 'no.jsonl' }, 'E_TICKS', 'Name a file'],
    ['rules that make no sense', record(20, 0), { rules: 'bad.json' }, 'E_CONFIG_INVALID', 'Correct it'],
  ])('refuses %s', async (_, ticks, options, code, next) => {
    const bad = JSON.stringify({ rules: { one: { ...RULES.rules['error-percent'], unit: 'miles' } } });
    const ended = await play(ticks, options, {}, { 'bad.json': bad });
    expect([ended.code, ended.next]).toEqual([code, expect.stringContaining(next)]);
  });
});
