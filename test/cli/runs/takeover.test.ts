import { describe, expect, it } from 'vitest';
import type { GlobalFlags } from '../../../src/cli/context.ts';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { MemoryLedger } from '../../support/memory/ledger.ts';
import { endOf, makeCliWorld } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const SCOPE = 'rur2/production';
const TAKE = ['--takeover', '--reason', 'her laptop is lost'];

/** A run half way whose holder is another machine, of which nobody knows whether it lives. */
async function makeHeld(
  command: 'deploy' | 'rollback',
  flags: Partial<GlobalFlags> = inFull,
  answers: string[] = [],
) {
  const terminal = { canAsk: flags.yes !== true };
  const world = makeCliWorld({ command, flags, terminal, answers });
  const run = await world.past(command, ['v2.0.3', 'v2.1.0'], 'open');
  const ana = new MemoryLedger(world.store, { actor: 'Ana', host: 'ana-laptop', clock: world.wired.clock });
  const held = await ana.acquire(SCOPE, { run, actor: 'Ana', reason: 'resumes' });
  const ask = (words: readonly string[]) => {
    const { args, options } = parseWords([command, ...words], {});
    const work = command === 'deploy' ? runDeploy : runRollback;
    return endOf(work(args, options, world.context, world.wired));
  };
  return { ...world, ana, held, ask };
}

describe('a run that another machine holds', () => {
  it.each(['deploy', 'rollback'] as const)(
    'T39: %s --resume is refused, and goes on with --takeover and a reason',
    async (command) => {
      const { ask, ana, held, entriesOf } = await makeHeld(command);
      const refused = await ask(['--resume']);
      expect(refused).toMatchObject({ code: 'E_LOCKED' });
      expect(refused.next).toContain('--takeover --reason');
      expect(entriesOf('lock.takeover')).toEqual([]);
      await ask(['--resume', ...TAKE]);
      expect(entriesOf('lock.takeover')).toMatchObject([
        { actor: 'Dana Ito', data: { reason: 'her laptop is lost', from: held.run } },
      ]);
      await expect(ana.renew(held)).rejects.toMatchObject({ code: 'E_FENCED' });
    },
  );

  it('is taken over only by who types the name of the environment', async () => {
    const { ask, entriesOf } = await makeHeld('deploy', {}, ['staging']);
    expect(await ask(['--resume', ...TAKE])).toMatchObject({ code: 'E_ANSWERED_NO' });
    expect(entriesOf('lock.takeover')).toEqual([]);
  });

  it('is given up with --takeover alone', async () => {
    const { ask, entriesOf } = await makeHeld('deploy');
    expect(await ask(['--abandon', '--reason', 'wrong day'])).toMatchObject({ code: 'E_LOCKED' });
    expect(await ask(['--abandon', ...TAKE])).toMatchObject({ code: undefined });
    expect(entriesOf('run.abandoned')).toMatchObject([{ data: { reason: 'her laptop is lost' } }]);
  });

  it('keeps a new deploy out, also one that takes over: what is half way is gone on with, or given up', async () => {
    const { ask, entriesOf } = await makeHeld('deploy');
    expect(await ask(['v2.2.0', ...TAKE])).toMatchObject({ code: 'E_RUN_OPEN' });
    expect(entriesOf('lock.takeover')).toEqual([]);
  });
});

it('a new rollback waits for another one, before it plans anything', async () => {
  const { ask, entriesOf, asked } = await makeHeld('rollback');
  expect(await ask(['--to', 'v2.0.3'])).toMatchObject({ code: 'E_LOCKED' });
  expect([entriesOf('lock.takeover'), asked]).toEqual([[], []]);
});
