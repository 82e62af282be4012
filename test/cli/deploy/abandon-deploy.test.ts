import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { makeCliWorld } from '../cli-world.ts';
import { deploy, inFull, prepared } from './deploy-world.ts';

describe('giving an open run up', () => {
  it('needs a reason before anything is asked', async () => {
    const { code, asked } = await deploy('--abandon', { terminal: { canAsk: true } });
    expect({ code, asked }).toEqual({ code: 'E_REASON_MISSING', asked: [] });
    const { context, wired } = makeCliWorld({ flags: inFull });
    await expect(runDeploy([], { abandon: true, reason: '  ' }, context, wired)).rejects.toMatchObject({
      code: 'E_REASON_MISSING',
    });
  });

  it('leaves everything in place, frees the lock and keeps the reason', async () => {
    const world = makeCliWorld({ ...prepared, flags: inFull });
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    const options = { abandon: true, reason: 'mended by hand' };
    const result = await runDeploy([], options, world.context, world.wired);
    expect(result).toMatchObject({
      exitCode: 0,
      verdict: 'stopped',
      run,
      next: ['release rollback --to v2.0.3 --env production'],
    });
    expect(world.entriesOf('run.abandoned')).toMatchObject([{ data: { reason: 'mended by hand' } }]);
    expect(await world.ledger.holder(world.wired.scope)).toBeUndefined();
    expect(world.asked).toEqual([]);
  });

  it('F65: says what stays held back from users, and what may be', async () => {
    const world = makeCliWorld({ ...prepared, flags: inFull });
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'open');
    const held = await world.ledger.acquire(world.wired.scope, { run, actor: 'Dana Ito', reason: 'x' });
    const begun = { attempt: 1, key: 'k', inputDigest: 'd' };
    const intent = {
      id: `${run}:on`,
      run,
      step: 'maintenance-on',
      type: 'step.intent',
      data: begun,
    } as const;
    await world.ledger.append(held, intent);
    const data = { how: 'effect', done: {}, tookMs: 1 } as const;
    await world.ledger.append(held, { id: `${run}:jobs`, run, step: 'pause-jobs', type: 'step.done', data });
    await world.ledger.release(held, 'stopped');
    const result = await runDeploy([], { abandon: true, reason: 'x' }, world.context, world.wired);
    expect(result.text).toContain('▲ MAINTENANCE MAY BE ON, by the ledger: users may be locked out');
    expect(result.text).toContain('▲ background jobs are paused, by the ledger');
    expect(result.result).toMatchObject({ maintenance: 'in-doubt', jobsPaused: 'yes' });
  });

  it('is refused while nothing is open', async () => {
    const { code } = await deploy('--abandon --reason x', { flags: inFull });
    expect(code).toBe('E_NOTHING_TO_RESUME');
  });
});
