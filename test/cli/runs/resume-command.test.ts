import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { endOf, makeCliWorld } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const WAYS = { deploy: runDeploy, rollback: runRollback };

/** `release … --resume` over a run that began with the configuration `d1`. */
async function resume(command: keyof typeof WAYS, digest: string, more = '', flags = inFull) {
  const words = [command, '--resume', ...more.split(' ').filter(Boolean)];
  const { args, options } = parseWords(words, {});
  const world = makeCliWorld({ command, flags });
  await world.past(command, ['v2.0.3', 'v2.1.0'], 'failed');
  const locks = () => world.entriesOf('lock.acquired').length + world.entriesOf('lock.takeover').length;
  const before = locks();
  const ended = await endOf(WAYS[command](args, options, world.context, { ...world.wired, digest }));
  return { ...ended, taken: locks() - before, stderr: world.stderr() };
}

describe.each(['deploy', 'rollback'] as const)('%s --resume', (command) => {
  it('F40: refuses a configuration that is another one now, before it takes the lock', async () => {
    const { code, next, taken } = await resume(command, 'd2');
    expect({ code, taken, exit: exitCodeOf(code ?? '') }).toEqual({
      code: 'E_CONFIG_CHANGED',
      taken: 0,
      exit: 2,
    });
    expect(next).toContain(`release ${command} --resume --accept-config --env production`);
  });

  it('goes on with the new one when that is said, and notes it', async () => {
    const { code, taken, stderr } = await resume(command, 'd2', '--accept-config');
    expect([code === 'E_CONFIG_CHANGED', taken]).toEqual([false, 1]);
    expect(stderr).toContain('▲ The configuration has changed since this run began');
  });

  it('says nothing of the configuration while it is the same', async () => {
    const { taken, stderr } = await resume(command, 'd1');
    expect(taken).toBe(1);
    expect(stderr).not.toContain('configuration');
  });
});

it('the line to type in full keeps --accept-config', async () => {
  const { next } = await resume('deploy', 'd2', '--accept-config', { ...inFull, yes: false });
  expect(next).toContain('release deploy --resume --accept-config --env production --yes');
});
