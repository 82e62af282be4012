import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { answering } from '../../support/test-wired.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';
import { bad, deploy, fine, inFull, prepared } from './deploy-world.ts';

const missing = [{ name: 'NEON_API_KEY', services: ['neon' as const] }];

describe('the order in which a deploy refuses', () => {
  it('refuses a bad version before anything else', async () => {
    const { code, asked } = await deploy('2.1', { missing });
    expect({ code, asked }).toEqual({ code: 'E_VERSION_SHAPE', asked: [] });
  });

  it('refuses without a terminal before it asks the world anything, and shows the line in full', async () => {
    const { code, asked, next } = await deploy('v2.1.0', { missing });
    expect({ code, asked }).toEqual({ code: 'E_CONFIRM_IN_FULL', asked: [] });
    expect(next).toBe('Say so in full: release deploy v2.1.0 --env production --yes');
  });

  it('names missing secrets before it asks the world anything', async () => {
    const { code, asked } = await deploy('v2.1.0', { missing, flags: inFull });
    expect({ code, asked }).toEqual({ code: 'E_SECRET_MISSING', asked: [] });
  });

  it('refuses on top of a run that is half way, before the world and the gate are asked', async () => {
    const world = makeCliWorld({ ...prepared, checks: [answering('x', new Error('asked'))], flags: inFull });
    await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    await expect(runDeploy(['v2.1.0'], {}, world.context, world.wired)).rejects.toMatchObject({
      code: 'E_RUN_OPEN',
    });
    expect(world.asked).toEqual([]);
    expect(world.entriesOf('gate.decided')).toEqual([]);
  });

  it('names whoever is at work, before the world and the gate are asked', async () => {
    const world = makeCliWorld({ ...prepared, checks: [fine], flags: inFull });
    const claim = { run: 'r-1', actor: 'Lee Park', reason: 'deploys v2.1.0' };
    await world.ledger.acquire(world.wired.scope, claim);
    await expect(runDeploy(['v2.1.0'], {}, world.context, world.wired)).rejects.toMatchObject({
      code: 'E_LOCKED',
      message: expect.stringContaining('Lee Park'),
    });
    expect(world.asked).toEqual([]);
    expect(world.entriesOf('gate.decided')).toEqual([]);
  });

  it('goes past a holder that is certainly gone', async () => {
    const world = makeCliWorld({ ...prepared, checks: [fine], flags: { plan: true } });
    await world.ledger.acquire(world.wired.scope, { run: 'r-1', actor: 'Lee Park', reason: 'died' });
    world.store.gone.add('dana-mbp');
    expect(await runDeploy(['v2.1.0'], {}, world.context, world.wired)).toMatchObject({ exitCode: 0 });
  });

  it('says no with exit 3, why and what to type, and begins no run', async () => {
    const { result, entriesOf, asked } = await deploy('v2.1.0', { flags: inFull, checks: [fine, bad] });
    expect(result).toMatchObject({
      exitCode: 3,
      verdict: 'no-go',
      result: { because: ['database.blocking'] },
      next: ['release preflight v2.1.0 --env production'],
    });
    expect(result?.text).toContain('1 query blocked for 48 s');
    expect([entriesOf('run.planned'), entriesOf('lock.acquired')]).toEqual([[], []]);
    expect(asked).not.toContain('git.push');
  });

  it('says 4 when a check lacked its key', async () => {
    const noKey = new ReleaseError('E_SECRET_MISSING', { what: 'no key', next: '…', state: 'untouched' });
    const { result } = await deploy('v2.1.0', { flags: inFull, checks: [answering('payments.key', noKey)] });
    expect(result).toMatchObject({ exitCode: 4 });
  });

  it('does nothing when the typed name is another one', async () => {
    const { code, entriesOf, asked } = await deploy('v2.1.0', {
      terminal: { canAsk: true },
      answers: ['staging'],
    });
    expect(code).toBe('E_ANSWERED_NO');
    expect(entriesOf('run.planned')).toEqual([]);
    expect(asked).not.toContain('git.push');
  });
});

describe('a deploy with --plan', () => {
  it('shows every step, changes nothing and needs no terminal', async () => {
    const { result, asked, entriesOf } = await deploy('v2.1.0', { flags: { plan: true } });
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go', version: 'v2.1.0' });
    expect(result?.text).toContain('release deploy v2.1.0');
    expect(asked.filter((call) => /push|make/.test(call))).toEqual([]);
    expect([entriesOf('run.planned'), entriesOf('lock.acquired')]).toEqual([[], []]);
  });

  it('ends with 3 when the gate says no', async () => {
    const { result } = await deploy('v2.1.0', { flags: { plan: true }, checks: [bad] });
    expect(result).toMatchObject({ exitCode: 3 });
  });
});

describe('a deploy that was agreed to', () => {
  it('begins its run under the lock, pushes, and ends with the facts of every step', async () => {
    const { result, asked, entriesOf, stderr } = await deploy('v2.1.0', {
      terminal: { canAsk: true },
      answers: ['production'],
    });
    expect(result).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
      result: { steps: [{ name: 'merge-and-tag', status: 'done' }] },
    });
    expect(asked.filter((call) => call === 'git.push')).toHaveLength(1);
    expect(entriesOf('run.planned')).toHaveLength(1);
    expect(entriesOf('lock.released')).toHaveLength(1);
    expect(stderr()).toContain('release deploy v2.1.0');
  });
});

describe('the plan of a deploy on the screen', () => {
  it('says where it goes back to, and that nothing earlier is there when nothing was live', async () => {
    const { result } = await deploy('v2.1.0', { flags: { plan: true } });
    expect(result?.text.replace(/\s+/g, ' ')).toContain(
      'way back not known: no version answered before this deploy',
    );
    const runbook = gitAlone();
    const later = await deploy('v2.1.0', {
      runbook,
      flags: { plan: true },
      live: async () => ({ version: '2.0.3', latencyMs: 1 }),
    });
    expect(later.result?.text.replace(/\s+/g, ' ')).toContain(
      'way back release rollback --to v2.0.3: the code again, the database is not changed',
    );
  });
});
