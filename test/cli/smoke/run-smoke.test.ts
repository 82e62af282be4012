import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/program.ts';
import { runSmoke } from '../../../src/cli/smoke/run-smoke.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { endOf, gitAlone, makeCliWorld, type WantedWorld } from '../cli-world.ts';

const calls = [
  { id: 'health', row: 'SMK-01', path: '/health', budget: 'fast' },
  {
    id: 'create-thing',
    row: 'SMK-06',
    method: 'POST',
    path: '/things',
    status: [201],
    capture: { thingId: 'id' },
    writes: true,
    undo: { path: '/things/{thingId}' },
    budget: 'fast',
  },
];
const budgets = { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } };
const runbook = gitAlone({
  budgets,
  smoke: { samples: 3, writeSamples: 1, p95: 'watch', concurrency: 1, calls },
});
const good: Parameters<typeof makeScriptedWeb>[0] = ({ method }) =>
  method === 'POST'
    ? { status: 201, json: { id: 7 } }
    : { status: method === 'DELETE' ? 204 : 200, json: {} };

async function smoke(words: string, wanted: WantedWorld = {}, script = good) {
  const { args, options, flags } = parseWords(['smoke', ...words.split(' ').filter(Boolean)], {});
  const { web, asked: sent } = makeScriptedWeb(script);
  const live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const world = makeCliWorld({ command: 'smoke', live, runbook, services: { web }, flags, ...wanted });
  return { ...world, sent, ...(await endOf(runSmoke(args, options, world.context, world.wired))) };
}
const times = (sent: readonly { readonly path: string }[], path: string): number =>
  sent.filter((one) => one.path === path).length;

describe('release smoke', () => {
  it('is healthy with exit 0 when every endpoint answers as expected', async () => {
    const { result } = await smoke('--yes');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'healthy', version: 'v2.1.0', next: [] });
    expect(result?.text).toContain('HEALTHY   2 as expected');
  });

  it('failed with exit 3 when one does not, and says where to look', async () => {
    const { result } = await smoke('--yes', {}, (one) =>
      one.path === '/health' ? { status: 500 } : good(one, 1),
    );
    expect(result).toMatchObject({
      exitCode: 3,
      verdict: 'failed',
      next: ['release status --env production'],
    });
  });

  it('is inconclusive with exit 3 when a call could not be sent', async () => {
    const fetchThing = { id: 'get-thing', row: 'SMK-07', path: '/things/{thingId}', budget: 'fast' };
    const blind = gitAlone({ budgets, smoke: { samples: 3, p95: 'watch', calls: [calls[0], fetchThing] } });
    const { result } = await smoke('--yes', { runbook: blind });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'inconclusive' });
  });

  it('is no success when nothing was asked', async () => {
    const { result, sent } = await smoke('--yes --only nothing-*');
    expect(result).toMatchObject({ exitCode: 3, verdict: 'failed' });
    expect(sent).toEqual([]);
  });

  it('ends with 130 when it was stopped, whatever it has seen', async () => {
    const world = makeCliWorld({
      command: 'smoke',
      live: async () => ({ version: '2.1.0', latencyMs: 1 }),
      runbook,
      services: { web: makeScriptedWeb(good).web },
      flags: { yes: true },
    });
    world.stop.request();
    expect(await runSmoke([], {}, world.context, world.wired)).toMatchObject({ exitCode: 130 });
  });

  it('takes samples from 0, which is one pass for the answers alone, to 1000', async () => {
    // Two more: the first pass, and the one that opens the connection.
    expect(times((await smoke('--yes --samples 0')).sent, '/health')).toBe(1);
    expect(times((await smoke('--yes --samples 1')).sent, '/health')).toBe(3);
    expect(times((await smoke('--yes --samples 5')).sent, '/health')).toBe(7);
    expect(times((await smoke('--yes')).sent, '/health')).toBe(5);
    expect((await smoke('--plan --samples 1000')).code).toBeUndefined();
  });

  it.each(['1001', '-1', '2.5', 'many', 'NaN', 'Infinity', '1_000'])(
    'refuses other samples before it sends anything: %s',
    async (samples) => {
      const { code, sent, asked } = await smoke(`--yes --samples=${samples}`);
      expect({ code, sent, asked }).toEqual({ code: 'E_FLAG_VALUE', sent: [], asked: [] });
    },
  );

  it('asks before it writes, and sends nothing after a no', async () => {
    const { code, sent, asked, ...world } = await smoke('', { terminal: { canAsk: true }, answers: [''] });
    expect({ code, sent }).toEqual({ code: 'E_ANSWERED_NO', sent: [] });
    expect(world.stdout()).toBe('');
  });

  it('asks nobody when it only reads, and writes nothing', async () => {
    const { result, sent } = await smoke('--read-only');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'healthy' });
    expect(times(sent, '/things')).toBe(0);
  });

  it('expects the version that was typed, or else the one that is live', async () => {
    expect((await smoke('v2.0.3 --yes')).result).toMatchObject({ version: 'v2.0.3' });
    expect((await smoke('--yes')).asked).toContain('host.liveVersion');
    expect((await smoke('2.1 --yes')).code).toBe('E_VERSION_SHAPE');
  });

  it('lacks no secret of services that it does not use', async () => {
    const missing = [{ name: 'SLACK_BOT_TOKEN', services: ['slack' as const, 'neon' as const] }];
    expect((await smoke('--yes', { missing })).result).toMatchObject({ exitCode: 0 });
    const login = [{ name: 'SMOKE_PASSWORD', services: [] }];
    const { code, sent, asked } = await smoke('--yes', { missing: login });
    expect({ code, sent, asked }).toEqual({ code: 'E_SECRET_MISSING', sent: [], asked: [] });
  });
});

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

describe('release smoke --no-cleanup', () => {
  const keptOf = (result: Awaited<ReturnType<typeof smoke>>['result']) =>
    (result?.result as { cleanup?: object } | undefined)?.cleanup;

  it('E-72: leaves what it made, lists it, and says how it goes later', async () => {
    const { result, sent } = await smoke('--no-cleanup --yes', { flags: { yes: true, envIsTyped: true } });
    expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect(keptOf(result)).toEqual({ created: 1, deleted: 0, left: [], kept: ['DELETE /things/7'] });
    expect(result?.text).toContain('left on purpose: DELETE /things/7');
    expect(result).toMatchObject({
      exitCode: 0,
      next: [`release smoke --env production --cleanup ${result?.run}`],
    });
  });

  it('E-72: is refused in a protected environment that nobody named, before anything is sent', async () => {
    const { code, sent, next } = await smoke('--no-cleanup --yes');
    expect({ code, sent }).toEqual({ code: 'E_CONFIRM_IN_FULL', sent: [] });
    expect(next).toBe('Say so in full: release smoke --no-cleanup --env production --yes');
  });

  it('E-72: wants the name of a protected environment typed at a terminal', async () => {
    const terminal = { canAsk: true };
    const no = await smoke('--no-cleanup', { terminal, answers: ['staging'] });
    expect({ code: no.code, sent: no.sent }).toEqual({ code: 'E_ANSWERED_NO', sent: [] });
    const yes = await smoke('--no-cleanup', { terminal, answers: ['production'] });
    expect(yes.result).toMatchObject({ exitCode: 0, verdict: 'healthy' });
  });

  it('E-72: asks less of an environment that is not protected', async () => {
    const open = gitAlone({
      ...{ budgets, smoke: { samples: 3, writeSamples: 1, p95: 'watch', calls } },
      environments: { production: { url: 'https://rur2.example' } },
    });
    const { result } = await smoke('--no-cleanup --yes', { runbook: open });
    expect(keptOf(result)).toMatchObject({ kept: ['DELETE /things/7'] });
  });

  it('E-73: ends a checkout all the same: whoever has its address could pay it', async () => {
    const ended: string[] = [];
    const checkout = {
      ...{ id: 'pay', row: 'SMK-09', method: 'POST', path: '/things', status: [201], budget: 'fast' },
      ...{ writes: true, capture: { sessionId: 'id' }, undo: { expireCheckout: '{sessionId}' } },
    };
    const paying = gitAlone({
      budgets,
      smoke: { samples: 1, writeSamples: 1, p95: 'watch', calls: [checkout] },
    });
    const stripe = { expireCheckout: async (_env: string, id: string) => void ended.push(id) };
    const { web } = makeScriptedWeb(good);
    const { result } = await smoke('--no-cleanup', {
      ...{ runbook: paying, services: { web, stripe }, flags: { yes: true, envIsTyped: true } },
    });
    expect(ended).toEqual(['7']);
    expect(keptOf(result)).toEqual({ created: 1, deleted: 1, left: [], kept: [] });
  });

  it('says in its plan that what it makes stays', async () => {
    expect((await smoke('--plan --no-cleanup')).result?.text).toContain('writes, and stays');
  });
});

describe('release smoke --plan', () => {
  const planned = async (words: string) => {
    const { result, sent, asked } = await smoke(`--plan ${words}`);
    expect({ sent, asked, exitCode: result?.exitCode }).toEqual({ sent: [], asked: [], exitCode: 0 });
    const { calls: listed } = result?.result ?? {};
    return (listed as { id: string }[]).map(({ id }) => id);
  };

  it('sends nothing, and says what would be sent', async () => {
    expect(await planned('')).toEqual(['health', 'create-thing']);
    expect((await smoke('--plan')).result?.text).toContain('POST   /things   writes, deleted afterwards');
  });

  it('leaves out what the flags leave out', async () => {
    expect(await planned('--read-only')).toEqual(['health']);
    expect(await planned('--only *-thing')).toEqual(['create-thing']);
  });
});
