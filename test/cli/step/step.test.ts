import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runStepCommand } from '../../../src/cli/step/run-step.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, makeCliWorld, tagOf } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const prepared = {
  branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
  tags: [tagOf('v2.0.3')],
  checks: [answering('app.health', 'pass')],
};

function makeWorld(flags: object = inFull) {
  const world = makeCliWorld({ ...prepared, command: 'step', flags });
  const step = (words: string) => {
    const { args, options } = parseWords(['step', ...words.split(' ')], {});
    return endOf(runStepCommand(args, options, world.context, { ...world.wired, digest: 'd1' }));
  };
  const pushes = () => world.asked.filter((call) => call === 'git.push').length;
  return { ...world, step, pushes };
}

describe('release step', () => {
  it('begins a run and does none of its steps; the lock is free, and the first step is named', async () => {
    const { step, pushes, ledger, wired } = makeWorld();
    const { result } = await step('begin v2.1.0');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'reached', version: 'v2.1.0' });
    expect(result?.next).toEqual([`release step run ${result?.run} merge-and-tag --env production`]);
    expect(pushes()).toBe(0);
    expect(await ledger.holder(wired.scope)).toBeUndefined();
  });

  it('lists the steps of the run that can go on, and which one is next', async () => {
    const { step } = makeWorld();
    const { result: begun } = await step('begin v2.1.0');
    const { result } = await step('list');
    expect(result).toMatchObject({
      exitCode: 0,
      run: begun?.run,
      result: {
        end: 'paused',
        next: 'merge-and-tag',
        steps: [{ name: 'merge-and-tag', status: 'not begun' }],
      },
    });
    expect(result?.text).toContain('◐ merge-and-tag  next');
  });

  it('does the next step, once: asked again it says that it is done, with the same exit code', async () => {
    const { step, pushes, entriesOf } = makeWorld();
    const run = (await step('begin v2.1.0')).result?.run;
    expect((await step(`run ${run} merge-and-tag`)).result).toMatchObject({
      exitCode: 0,
      verdict: 'completed',
    });
    const again = (await step(`run ${run} merge-and-tag`)).result;
    expect(again).toMatchObject({ exitCode: 0, verdict: 'completed', result: { alreadyDone: true } });
    expect(again?.text).toContain('is done already');
    expect(pushes()).toBe(1);
    expect(entriesOf('run.finished')).toHaveLength(1);
    expect((await step('list')).code).toBe('E_NOTHING_TO_RESUME');
    expect((await step(`list ${run}`)).result).toMatchObject({ result: { next: null, end: 'completed' } });
  });

  it.each([
    ['another step of the plan', 'step-2', 'E_STEP_NOT_NEXT', /^release step run r-past-1 \S+$/],
    ['a step that the plan does not have', 'nowhere', 'E_STEP_NOT_NEXT', /^release step run r-past-1 \S+$/],
  ])('refuses %s with 2, names the next one, and takes no lock', async (_, name, code, next) => {
    const world = makeWorld();
    await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'failed');
    const locks = world.entriesOf('lock.acquired').length;
    const ended = await world.step(`run r-past-1 ${name}`);
    expect([ended.code, exitCodeOf(ended.code ?? '')]).toEqual([code, 2]);
    expect(ended.next).toMatch(next);
    expect(world.entriesOf('lock.acquired')).toHaveLength(locks);
  });

  it('refuses a run that is unknown, and one that a later run came after, and names the one that can go on', async () => {
    const world = makeWorld();
    await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'failed');
    await world.past('rollback', ['v2.1.0', 'v2.0.3'], 'failed');
    const unknown = await world.step('run r-nowhere backup');
    expect([unknown.code, exitCodeOf(unknown.code ?? '')]).toEqual(['E_RUN_UNKNOWN', 2]);
    const closed = await world.step('run r-past-1 backup');
    expect([closed.code, exitCodeOf(closed.code ?? '')]).toEqual(['E_NOTHING_TO_RESUME', 2]);
    for (const { next } of [unknown, closed]) expect(next).toContain('r-past-2');
  });

  it('wants the environment in full before it changes it', async () => {
    const world = makeWorld({});
    const { code, next } = await world.step('begin v2.1.0');
    expect({ code, next }).toEqual({
      code: 'E_CONFIRM_IN_FULL',
      next: 'Say so in full: release step begin v2.1.0 --env production --yes',
    });
  });

  it.each(['', 'go', 'run r-1', 'list r-1 more', 'begin v2.1.0 more'])(
    'does not understand "%s"',
    async (words) => {
      const { step } = makeWorld();
      expect((await step(words)).code).toBe('E_ARGUMENTS');
    },
  );
});
