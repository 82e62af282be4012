import { describe, expect, it } from 'vitest';
import { runSmoke } from '../../../src/cli/smoke/run-smoke.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';
import { budgets, calls, good, runbook, smoke } from './smoke-world.ts';

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
