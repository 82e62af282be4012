import { describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { runPreflight } from '../../../src/cli/preflight/run-preflight.ts';
import { readSigns } from '../../../src/cli/runs/read-signs.ts';
import { signOff } from '../../../src/kit.ts';
import { foldRuns } from '../../../src/ledger/fold.ts';
import { planOf } from '../../support/run-events.ts';
import { answering } from '../../support/test-wired.ts';
import {
  type Machine,
  makeApprovalWorld,
  makeMachines,
  RUNBOOK,
  SCOPE,
  type WantedApproval,
} from '../approve/approve-world.ts';
import { endOf } from '../cli-world.ts';

const machineOf = makeMachines();
const pat = machineOf('pat');
const robin = machineOf('robin');
const sam = machineOf('sam');
const inFull = { yes: true, env: 'production', envIsTyped: true };
const NO = { go: false, comment: 'not today' } as const;

/** A deploy whose preflight is on record, and whoever signs before it. */
async function open(wanted: WantedApproval = {}) {
  const world = makeApprovalWorld({ checks: [answering('tests.e2e', 'pass', '98.2 %')], ...wanted });
  Object.assign(world.context, { flags: { ...world.context.flags, ...inFull } });
  await runPreflight(['v2.1.0'], {}, world.context, world.wired);
  const say = async (machine: Machine, options: CommandOptions = {}) => {
    const { code } = await world.approve(machine, options);
    expect(code).toBeUndefined();
  };
  const deploy = () => endOf(runDeploy(['v2.1.0'], {}, { ...world.context, command: 'deploy' }, world.wired));
  const allSign = async () => {
    await say(pat);
    await say(robin, { as: 'engineering-lead' });
    await say(sam);
  };
  const runs = async () => foldRuns(await world.ledger.read(SCOPE));
  return { ...world, say, deploy, allSign, runs };
}

describe('a deploy and decision 1', () => {
  it('DP-1a: does not begin before all have signed, and says who is missing and what they type', async () => {
    const { say, deploy, runs } = await open();
    await say(pat);
    const { code, next } = await deploy();
    expect([code, next]).toEqual(['E_NOT_APPROVED', 'release approve v2.1.0 --env production']);
    expect(await runs()).toEqual([]);
  });

  it('DP-1c: begins with what was signed on the evidence that it rests on, and records that it was decided', async () => {
    const { allSign, deploy, runs, stderr } = await open();
    await allSign();
    const { result } = await deploy();
    expect(result?.verdict).toBe('completed');
    expect(stderr()).toContain('GO by Pat Example (product-owner, self-declared)');
    const [run] = await runs();
    expect(run?.facts['decision-1']).toEqual({ point: 1, missing: [] });
    expect(run?.request.decision1).toMatchObject({ run: '' });
  });

  it('T35: does not begin on other evidence than what was signed', async () => {
    const { allSign, deploy, wired, runs } = await open();
    await allSign();
    Object.assign(wired, { digest: 'd2' });
    const { code } = await deploy();
    expect(code).toBe('E_NOT_APPROVED');
    expect(await runs()).toEqual([]);
  });

  it('NG-08: does not begin when one says no, also where nobody is waited for', async () => {
    for (const required of [true, false]) {
      const decisions = { ...RUNBOOK.decisions, 1: { ...RUNBOOK.decisions[1], required } };
      const { allSign, say, deploy, runs } = await open({ over: { decisions } });
      await allSign();
      await say(sam, NO);
      expect((await deploy()).code).toBe('E_DECIDED_NO');
      expect(await runs()).toEqual([]);
      await say(sam);
      expect((await deploy()).result?.verdict).toBe('completed');
    }
  });

  it('E-113: does not count whoever deploys, where the runbook says so', async () => {
    const over = {
      approvals: { deployerCounts: false },
      people: { ...RUNBOOK.people, sam: { ...RUNBOOK.people.sam, name: 'Dana Ito' } },
    };
    const { allSign, deploy } = await open({ over });
    await allSign();
    expect((await deploy()).code).toBe('E_NOT_APPROVED');
  });

  it('a sign-off is used up by the run that it was given for', async () => {
    const { allSign, deploy, past } = await open();
    await allSign();
    await past('rollback', ['v2.0.3', 'v2.0.2']);
    const { code } = await deploy();
    expect(code).toBe('E_NOT_APPROVED');
  });

  it('F72, T40: a run that stands still waits while one of them has taken their word back, and hears it given again', async () => {
    const world = await open();
    const entry = signOff(1, 'May we deploy?', ['product-owner', 'engineering-lead', 'devops-lead'], true);
    await world.allSign();
    const items = world.approvals()[0]?.data.items.map((one) => ({ ...one })) ?? [];
    const plan = { ...planOf(2), command: 'deploy' as const, version: 'v2.1.0', service: 'rur2' };
    const held = await world.ledger.acquire(SCOPE, { run: 'r-1', actor: 'Dana Ito', reason: 'deploys' });
    const data = { plan, request: { decision1: { items, run: '' } }, configDigest: 'd1' };
    await world.ledger.append(held, { id: 'r-1:planned', run: 'r-1', type: 'run.planned', data });
    const signs = () => readSigns(entry, plan, 'r-1', world.wired);
    expect(await signs()).toEqual({ missing: [] });
    // What the run itself has changed makes nothing stale.
    Object.assign(world.wired, { digest: 'd2' });
    expect(await signs()).toEqual({ missing: [] });
    await world.say(sam, { ...NO, point: '1' });
    expect((await signs()).refusal).toBe('NO-GO by Sam Example (devops-lead, self-declared): "not today"');
    await world.say(sam, { revoke: true, point: '1' });
    expect(await signs()).toEqual({ missing: ['devops-lead'] });
    await world.say(sam, { point: '1' });
    expect(await signs()).toEqual({ missing: [] });
  });
});
