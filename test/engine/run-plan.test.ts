import { describe, expect, it } from 'vitest';
import { gate, watch } from '../../src/kit.ts';
import { GO, makeStage, NO, SCOPE } from './plan-stage.ts';

describe('a plan', () => {
  it('is carried out in order, told as it goes, recorded as completed, and gives its lock back', async () => {
    const { stage, world, act, look } = makeStage();
    const result = await stage.start([look('look'), act('one'), watch({ minutes: 5 }), act('two')]);
    expect(result).toMatchObject({ verdict: 'completed', said: 'deploy of v2.1.0 completed' });
    expect(Object.keys(result.facts)).toEqual(['look', 'one', 'watch', 'two']);
    expect(world.landings.map((one) => one.step)).toEqual(['one', 'two']);
    expect((await stage.state())?.end).toBe('completed');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    const steps = stage.told.filter((event) => event.type === 'step.started');
    expect(steps.map((event) => event.index)).toEqual([0, 1, 2, 3]);
    expect(stage.told.at(0)).toMatchObject({ type: 'run.started', resumed: false, done: [] });
    expect(stage.told.at(-1)).toMatchObject({ type: 'run.ended', verdict: 'completed' });
  });

  it('gives every entry what the entries before it found out', async () => {
    const { stage, look } = makeStage();
    const seen: object[] = [];
    const judgeGate = async (_: unknown, facts: object) => {
      seen.push({ ...facts });
      return GO;
    };
    await stage.start([look('a'), gate('smoke', 'Smoke'), look('b')], { judgeGate });
    expect(seen).toEqual([{ a: { name: 'a' } }]);
  });

  it('F03, F09: goes on behind what is done, by name, and never repeats it', async () => {
    const { stage, world, act } = makeStage();
    const judgeGate = async () => NO;
    await stage.start([act('one'), act('two'), gate('smoke', 'Smoke'), act('three')], { judgeGate });
    const result = await stage.resume();
    expect(result).toMatchObject({ verdict: 'completed' });
    expect(['one', 'two', 'three'].map((step) => world.count(step))).toEqual([1, 1, 1]);
    expect(stage.told.at(0)).toMatchObject({ resumed: true, done: ['one', 'two'] });
    expect(Object.keys(result.facts)).toContain('one');
  });
});

describe('F39: a plan of another version', () => {
  it.each([
    [
      'F39: knows a step that this program does not know',
      { step: 'gone.step' },
      'The run was begun by release memory.',
    ],
    ['F39: means another definition of a step', { def: 2 }, 'It knows definition 1'],
  ])('is refused before its first effect when it %s', async (_, change, why) => {
    const { stage, world, act } = makeStage();
    const entries = [act('one'), { ...act('two'), ...change }];
    const result = await stage.start(entries);
    expect(result).toMatchObject({ verdict: 'failed', at: 'two', error: { code: 'E_PLAN_UNKNOWN_STEP' } });
    expect(result.error?.text.why).toContain(why);
    expect(result.error?.text.next).toContain('npx release-runbook@memory deploy --resume');
    expect(world.sent).toEqual([]);
    expect((await stage.state())?.end).toBe('paused');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
  });

  it('T37: cannot ask whether the unknown step stands that is recorded as done, and goes on by a word alone', async () => {
    const { stage, world, act } = makeStage();
    const judgeGate = async () => NO;
    await stage.start([act('one'), gate('smoke', 'Smoke')], { judgeGate });
    stage.steps.delete('test.probeable');
    const end = await stage.resume();
    expect(end).toMatchObject({ verdict: 'in-doubt', at: 'one' });
    expect(end.said).toContain('Go on with the version that began it');
    expect(await stage.resume({ vouched: new Set(['one']) })).toMatchObject({ verdict: 'completed' });
    expect(world.count('one')).toBe(1);
  });
});
