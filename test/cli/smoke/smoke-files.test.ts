import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitAlone } from '../cli-world.ts';
import { budgets, calls, smoke } from './smoke-world.ts';

describe('what release smoke gives to others', () => {
  it('M7: tells its figures by the names that a bench asks for', async () => {
    const { result } = await smoke('--yes --samples 59', {
      runbook: gitAlone({ budgets, smoke: { calls } }),
    });
    const { endpoints } = (result?.result ?? {}) as { endpoints?: object[] };
    const [health] = endpoints ?? [];
    expect(health).toMatchObject({
      id: 'health',
      n: 59,
      errors: 0,
      error_kinds: {},
      p50_ms: 5,
      p95_ms: 5,
      p95_def: 'nearest-rank',
      ci95_ms: [5, null],
      over_limit: 0,
      max_ms: 5,
      verdict: 'pass',
      needed_n: 59,
      cold_ms: 5,
      discarded: 0,
    });
  });

  it('E-24: says how many samples it would take, as the command to type next', async () => {
    const { result } = await smoke('--yes --samples 20', {
      runbook: gitAlone({ budgets, smoke: { calls } }),
    });
    expect(result).toMatchObject({
      exitCode: 3,
      verdict: 'inconclusive',
      next: ['release smoke --env production --samples 59'],
    });
  });

  it('M7: writes every answer as a line of CSV, those of calls that write without what nobody saw of them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-samples-'));
    const file = join(folder, 'samples.csv');
    const { result } = await smoke(`--yes --samples-out ${file}`);
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    expect(head).toBe(
      'endpoint,intended_ms,start_ms,connect_ms,ttfb_ms,end_ms,status,error,reused,loop_lag_ms',
    );
    expect(rows.filter((row) => row.startsWith('health'))).toEqual(
      Array(3).fill('health,0.000,0.000,,0.000,5.000,200,,true,0.000'),
    );
    const writes = rows.filter((row) => row.startsWith('create-thing'));
    expect(writes).toEqual([expect.stringMatching(/^create-thing,(-?\d+\.\d{3}),\1,,,-?\d+\.\d{3},201,,,$/)]);
    const { endpoints } = (result?.result ?? { endpoints: [] }) as { endpoints: { n: number }[] };
    expect(rows).toHaveLength(endpoints.reduce((sum, { n }) => sum + n, 0));
  });

  it('E-72: takes away what the smoke test of another run left, and writes nothing of its own', async () => {
    const find = { path: '/things', name: 'name' };
    const marked = calls.map((one) =>
      'undo' in one ? { ...one, json: { name: '{run}' }, undo: { path: '/things/{thingId}', find } } : one,
    );
    const { result, sent } = await smoke(
      '--yes --cleanup r-20251001-1400-7f3a',
      { runbook: gitAlone({ budgets, smoke: { calls: marked } }) },
      ({ method, path }) =>
        method === 'GET' && path === '/things'
          ? {
              json: [
                { id: 1, name: 'r-20251001-1400-7f3a' },
                { id: 2, name: 'r-20251001-1400-0000' },
              ],
            }
          : { status: method === 'DELETE' ? 204 : 200, json: {} },
    );
    expect(result).toMatchObject({ exitCode: 0, result: { found: 1, deleted: 1, left: [] } });
    expect(
      sent.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    ).toEqual(['DELETE /things/1']);
  });

  it('E-72: says what it could not look for, with exit 3, and knows a run by its id', async () => {
    const { result } = await smoke('--yes --cleanup r-20251001-1400-7f3a');
    expect(result).toMatchObject({
      exitCode: 3,
      result: { found: 0, left: [expect.stringContaining('/things')] },
    });
    expect((await smoke('--yes --cleanup latest')).code).toBe('E_FLAG_VALUE');
    expect((await smoke('--yes --cleanup w-r-20251001-1400-7f3a')).code).toBeUndefined();
  });

  it('prints the scenario for k6 without asking or sending anything', async () => {
    const { result, sent, asked } = await smoke('--export k6');
    expect({ sent, asked, exitCode: result?.exitCode }).toEqual({ sent: [], asked: [], exitCode: 0 });
    expect(result?.text).toContain('"path": "/things/{thingId}"');
  });
});
