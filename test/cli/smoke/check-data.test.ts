import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/program.ts';
import { runSmoke } from '../../../src/cli/smoke/run-smoke.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { endOf, gitAlone, makeCliWorld, type WantedWorld } from '../cli-world.ts';

const runbook = gitAlone({
  environments: { production: { url: 'https://rur2.example', database: { url: '$DATABASE_URL' } } },
  budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
  smoke: {
    ...{ samples: 3, p95: 'watch' },
    calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'fast' }],
  },
  integrity: [
    { id: 'a', row: 'DAT-01', title: 'Assessments', expect: 'no-row-lost', table: 'assessments', key: 'id' },
    { id: 'o', row: 'DAT-08', title: 'Orphans', expect: 'no-orphans' },
  ],
});
const reference = {
  ...{ name: 'evidence.fk', from: 'evidence', fromColumns: ['a'], to: 'assessments', toColumns: ['id'] },
  ...{ isFull: false, isGuarded: true },
};
const BASELINE = { baseline: { at: 1000, numbers: { a: 200, 'a:largest': 210, 'o:evidence.fk': 0 } } };

interface Counts {
  readonly kept?: number;
  readonly all?: number;
  readonly orphans?: number | Error;
}

/** A healthy application over a database with these counts, after a release with or without a baseline. */
async function smoke(
  words: string,
  { kept = 200, all = 204, orphans = 0 }: Counts = {},
  facts: Readonly<Record<string, JsonObject>> = BASELINE,
  wanted: WantedWorld = {},
) {
  const { args, options, flags } = parseWords(['smoke', ...words.split(' ').filter(Boolean)], {});
  const asked: string[] = [];
  const readNumber = async (_env: string, sql: string): Promise<number> => {
    asked.push(sql);
    if (!sql.includes('not exists')) return sql.includes('<= 210') ? kept : all;
    if (orphans instanceof Error) throw orphans;
    return orphans;
  };
  const postgres = { readNumber, references: async () => [reference] };
  const world = makeCliWorld({
    ...{ command: 'smoke', runbook, flags, live: async () => ({ version: '2.1.0', latencyMs: 1 }) },
    ...{ services: { web: makeScriptedWeb(() => ({ json: {} })).web, postgres } },
    ...wanted,
  });
  await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', facts);
  const end = await endOf(runSmoke(args, options, world.context, world.wired));
  return { ...end, asked };
}

describe('the data after a release', () => {
  it('DAT-01, DAT-06, DAT-08: tells of each table what was there and is, and of each reference its orphans', async () => {
    const { result } = await smoke('--yes');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'healthy' });
    expect(result?.result).toMatchObject({
      dataState: 'ok',
      data: [
        { id: 'a', row: 'DAT-01', state: 'ok', before: 200, now: 200, growthPercent: 0 },
        { id: 'a-growth', state: 'not-judged', before: 200, now: 204, growthPercent: 2 },
        { id: 'o:evidence.fk', row: 'DAT-08', state: 'ok', before: 0, now: 0 },
      ],
    });
    expect(result?.text).toContain('data   Assessments 200 (baseline 200)');
    // A count says no more: an orphan that went may have made room for a new one.
    expect(result?.text.replace(/\s+/g, ' ')).toContain('1 reference with no more orphans than before');
  });

  it('DAT-01, E-26: a row that a user may have deleted holds a later smoke test, and does not fail it', async () => {
    const { result } = await smoke('--yes', { kept: 199 });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'inconclusive', result: { dataState: 'unknown' } });
    expect(result?.text.replace(/\s+/g, ' ')).toContain(
      '? Assessments: 199 (baseline 200): 1 fewer, and nobody records',
    );
  });

  it('DAT-01: more rows than users may delete fail the smoke test of an application that answers', async () => {
    const few = (one: (typeof runbook.integrity)[number]) => ({ ...one, mayDeletePercent: 0.1 });
    const strict = { ...runbook, integrity: [few(runbook.integrity[0] as never)] } as typeof runbook;
    const { result } = await smoke('--yes', { kept: 199 }, BASELINE, { runbook: strict });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'failed', result: { dataState: 'broken' } });
    expect(result?.text).toContain('✖ Assessments: 199 (baseline 200)');
  });

  it('DAT-08: one more orphan than before fails it as well', async () => {
    expect((await smoke('--yes', { orphans: 1 })).result).toMatchObject({ exitCode: 3, verdict: 'failed' });
  });

  it('DAT-08: a count that was cut off is inconclusive, and never healthy', async () => {
    const late = new ReleaseError('E_DB_TIMEOUT', { what: 'Too slow.', next: 'wait', state: 'untouched' });
    const { result } = await smoke('--yes', { orphans: late });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'inconclusive', result: { dataState: 'unknown' } });
    expect(result?.text).toContain('? Orphans: evidence.fk: Too slow (E_DB_TIMEOUT)');
  });

  it('tells what was measured although the ledger is away, and that the data was not compared', async () => {
    const { args, options, flags } = parseWords(['smoke', '--yes'], {});
    const world = makeCliWorld({
      ...{ command: 'smoke', runbook, flags, live: async () => ({ version: '2.1.0', latencyMs: 1 }) },
      services: { web: makeScriptedWeb(() => ({ json: {} })).web },
    });
    const away = new ReleaseError('E_LEDGER_LOST', {
      what: 'Nobody answers.',
      next: 'wait',
      state: 'untouched',
    });
    const ledger = { ...world.ledger, read: () => Promise.reject(away) } as unknown as typeof world.ledger;
    const result = await runSmoke(args, options, world.context, { ...world.wired, ledger });
    expect(result).toMatchObject({
      ...{ exitCode: 0, verdict: 'healthy' },
      result: { dataNotAsked: 'the ledger was not read. Nobody answers.' },
    });
  });

  it.each([
    ['no release of v2.1.0 left a baseline', '--yes', {}, {}],
    ['calls alone were asked for', '--yes --only health', BASELINE, {}],
    [
      'DATABASE_URL is not set',
      '--yes',
      BASELINE,
      { missing: [{ name: 'DATABASE_URL', services: ['postgres' as const] }] },
    ],
    ['no integrity query is configured', '--yes', BASELINE, { runbook: { ...runbook, integrity: [] } }],
  ])('asks nothing and says so: %s', async (why, words, facts, wanted) => {
    const { result, asked } = await smoke(words, {}, facts, wanted);
    expect(asked).toEqual([]);
    expect(result).toMatchObject({ exitCode: 0, result: { dataNotAsked: why } });
    expect(result?.result).not.toHaveProperty('data');
    expect(result?.text).toContain(`not compared: ${why}`);
  });
});
