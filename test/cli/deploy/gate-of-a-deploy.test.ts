import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { gitAlone, makeCliWorld, type WantedWorld } from '../cli-world.ts';
import { bad, fine, prepared } from './deploy-world.ts';

describe('the gate of a deploy', () => {
  const twice = async (
    second: string,
    between: (world: ReturnType<typeof makeCliWorld>) => Promise<void>,
    wanted: WantedWorld = {},
  ) => {
    let probes = 0;
    const counted = {
      ...fine,
      probe: async () => {
        probes += 1;
        return 'pass';
      },
    };
    const world = makeCliWorld({ ...prepared, checks: [counted], flags: { plan: true }, ...wanted });
    const plan = async (words: string) => {
      const { args, options } = parseWords(['deploy', ...words.split(' ')], {});
      return runDeploy(args, options, world.context, world.wired);
    };
    await plan('v2.1.0');
    await between(world);
    const { text } = await plan(second);
    return { probes, text };
  };

  it('E-03: takes a GO that is fresh, and says how old it is', async () => {
    const { probes, text } = await twice('v2.1.0', ({ time }) => time.advance(14 * 60_000));
    expect(probes).toBe(1);
    expect(text).toContain('preflight GO 14 min ago');
  });

  it('E-03: asks anew when the GO is too old', async () => {
    const { probes, text } = await twice('v2.1.0', ({ time }) => time.advance(45 * 60_000 + 1));
    expect(probes).toBe(2);
    expect(text).toContain('preflight GO just now, 1 check');
  });

  it('E-05: asks anew when the latest start has passed since the GO', async () => {
    const window = { days: ['Wed'], from: '10:00', to: '12:40' };
    const wanted = { runbook: gitAlone({ window }) };
    const probesAfter = async (minutes: number) =>
      (await twice('v2.1.0', ({ time }) => time.advance(minutes * 60_000), wanted)).probes;
    expect(await probesAfter(10)).toBe(1);
    expect(await probesAfter(11)).toBe(2);
  });

  it('asks anew when something is to be waived', async () => {
    const { probes } = await twice('v2.1.0 --waive app.health --reason known', async () => undefined);
    expect(probes).toBe(2);
  });

  it('never takes a waiver from an earlier run', async () => {
    const world = makeCliWorld({ ...prepared, checks: [bad], flags: { plan: true } });
    const waive = { waive: ['database.*'], reason: 'known, #12' };
    const first = await runDeploy(['v2.1.0'], waive, world.context, world.wired);
    const second = await runDeploy(['v2.1.0'], {}, world.context, world.wired);
    expect([first.exitCode, second.exitCode]).toEqual([0, 3]);
  });
});
