import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { foldRuns } from '../../../src/ledger/fold.ts';
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

describe('--vouch', () => {
  it('T37: is kept in the record, with its reason', async () => {
    const words = ['deploy', '--resume', '--vouch', 'backup', '--vouch', 'publish', '--reason', 'I saw them'];
    const { args, options } = parseWords(words, {});
    const world = makeCliWorld({ command: 'deploy', flags: inFull });
    await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'failed');
    const names = foldRuns(await world.wired.ledger.read(world.wired.scope)).at(-1)?.plan.entries ?? [];
    const [step] = names.map(({ name }) => name);
    const asked = { ...options, vouch: [String(step)] };
    await endOf(runDeploy(args, asked, world.context, { ...world.wired, digest: 'd1' }));
    expect(world.entriesOf('fact')).toContainEqual(
      expect.objectContaining({
        data: { name: 'vouched', value: { steps: [step], reason: 'I saw them' } },
      }),
    );
  });

  it.each([
    { more: '--vouch publish', code: 'E_REASON_MISSING' },
    { more: '--vouch nothing --reason x', code: 'E_FLAG_VALUE' },
  ])('T37: is refused as $code before the lock is taken ($more)', async ({ more, code }) => {
    const end = await resume('deploy', 'd1', more);
    expect({ code: end.code, taken: end.taken }).toEqual({ code, taken: 0 });
  });

  it('T37: stands in the line to type in full', async () => {
    const { next } = await resume('deploy', 'd1', '--vouch nothing --reason x', { ...inFull, yes: false });
    expect(next).toContain('release deploy --resume --vouch nothing --reason "…" --env production --yes');
  });
});
