import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import type { RefMove } from '../../../src/services/git/port.ts';
import { moveBranch } from '../../../src/steps/git/move-branch.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const [from, to] = ['a'.repeat(40), 'b'.repeat(40)];
const input = { env: 'staging', branch: 'staging', from, to, rewrites: false, version: 'v2.1.0-rc.1' };
type Input = Omit<typeof input, 'from'> & { from: string | null };

const configured = (staging: object = {}, more: object = {}) =>
  makeRunbook({
    environments: {
      production: { url: 'https://rur2.example', protected: true },
      staging: { url: 'https://staging.example', branch: 'staging', ...staging },
      ...more,
    },
  });

function play(over: Partial<Input> = {}, runbook = configured(), tip: string | undefined = from) {
  const pushed: RefMove[] = [];
  const git = {
    sync: async () => undefined,
    push: async (moves: readonly RefMove[]) => void pushed.push(...moves),
    remoteRefs: async () => (tip === undefined ? {} : { 'refs/heads/staging': tip }),
  };
  const context = {
    guard: () => undefined,
    runbook,
    withFence: (_: unknown, push: (more: readonly []) => Promise<void>) => push([]),
  } as unknown as StepContext;
  const all = { ...input, ...over };
  const services = onlyThese({ git });
  return {
    pushed,
    run: () => moveBranch.run(services, all as typeof input, context),
    inspect: () => moveBranch.inspect?.(services, all as typeof input, context),
    undo: async (was: string | null) => {
      if (moveBranch.undo.kind !== 'compensate') throw new Error('it has an undo');
      await moveBranch.undo.run(
        services,
        all as typeof input,
        { branch: 'staging', commit: to, was },
        context,
      );
    },
  };
}

describe('the branch of an environment where candidates are tried', () => {
  it('PRE-15: moves forward, from where the plan found it', async () => {
    const game = play();
    expect(await game.run()).toEqual({ branch: 'staging', commit: to, was: from });
    expect(game.pushed).toEqual([{ ref: 'refs/heads/staging', from, to }]);
  });

  it('E-32: goes elsewhere only where the plan says so, and still from where it found it', async () => {
    const game = play({ rewrites: true });
    await game.run();
    expect(game.pushed).toEqual([{ ref: 'refs/heads/staging', from, to, rewrites: true }]);
  });

  it('can be asked whether it moved, and is moved back by the same kind of push', async () => {
    expect(await play({}, configured(), to).inspect()).toMatchObject({ state: 'done' });
    expect(await play().inspect()).toEqual({ state: 'absent' });
    const game = play();
    await game.undo(from);
    expect(game.pushed).toEqual([{ ref: 'refs/heads/staging', from: to, to: from, rewrites: true }]);
    await game.undo(null);
    expect(game.pushed).toHaveLength(1);
  });

  const live = { live: { url: 'https://live.example', protected: true, branch: 'staging' } };
  it.each([
    ['main', { branch: 'main' }, configured({ branch: 'main' })],
    ['develop', { branch: 'develop' }, configured({ branch: 'develop' })],
    ['a release branch', { branch: 'release/v2.1.0' }, configured({ branch: 'release/{version}' })],
    ['the branch of a protected environment', {}, configured({}, live)],
    ['another branch than the configured one', { branch: 'elsewhere' }, configured()],
    ['the branch of an environment that is protected by now', {}, configured({ protected: true })],
    ['a branch of an environment that is gone', { env: 'qa' }, configured()],
  ])('PRE-15: never moves %s, whatever its plan says', async (_, over, runbook) => {
    for (const rewrites of [false, true]) {
      const game = play({ ...over, rewrites }, runbook);
      expect((await failureOf(game.run())).code).toBe('E_DEPLOY_BRANCH');
      expect((await failureOf(game.undo(from))).code).toBe('E_DEPLOY_BRANCH');
      expect(game.pushed).toEqual([]);
    }
  });
});
