import { describe, expect, it } from 'vitest';
import { findStale } from '../../src/engine/find-stale.ts';
import { gate, signOff } from '../../src/kit.ts';
import { makeWorldSteps, planOf, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { Stage } from '../support/engine/stage.ts';
import { World } from '../support/engine/world.ts';

function makeStage() {
  const stage = new Stage();
  const steps = makeWorldSteps(new World(stage.time), new Process(stage.time));
  for (const [id, step] of stepMap(steps)) stage.steps.set(id, step);
  const { probeable, repeatable, read } = steps;
  const act = (name: string) => probeable.with({ name }, { name });
  const set = (name: string) => repeatable.with({ name }, { name });
  const look = (name: string) => read.with({ name }, { name });
  return { act, set, look };
}

describe('findStale', () => {
  const { act, set, look } = makeStage();
  const is = (state: 'done' | 'failed' | 'intent') => ({ state }) as never;

  it('is empty unless a gate comes next', () => {
    const plan = planOf([look('a'), act('b'), gate('smoke', 'Smoke')]);
    expect(findStale(plan, {})).toEqual(new Set());
    expect(findStale(plan, { a: is('done'), b: is('failed') })).toEqual(new Set());
    expect(findStale(plan, { a: is('done'), b: is('done'), 'gate.smoke': is('done') })).toEqual(new Set());
  });

  it('goes back to what a failed proof proves, and to nothing when the proof only was not reached', () => {
    const proof = { ...look('proof'), redoes: 'b' };
    const plan = planOf([act('a'), act('b'), look('c'), proof]);
    const states = { a: is('done'), b: is('done'), c: is('done') };
    expect(findStale(plan, { ...states, proof: is('failed') })).toEqual(new Set(['b', 'c']));
    expect(findStale(plan, states)).toEqual(new Set());
    expect(
      findStale(planOf([act('a'), look('c'), proof]), { a: is('done'), c: is('done'), proof: is('failed') }),
    ).toEqual(new Set());
  });

  it('proves anew what a closed door rests on, and does nothing twice that is not a question', () => {
    const door = { ...act('door'), provenBy: 'proof' };
    const plan = planOf([act('a'), look('proof'), act('b'), gate('smoke', 'Smoke'), door, act('after')]);
    const states = { a: is('done'), proof: is('done'), b: is('done'), 'gate.smoke': is('done') };
    expect(findStale(plan, states)).toEqual(new Set(['proof', 'gate.smoke']));
    expect(findStale(plan, { ...states, door: is('done') })).toEqual(new Set());
    expect(findStale(plan, {})).toEqual(new Set());
  });

  it('RBX-6.2: does again what was done behind a step that runs once more, however often it was killed there', () => {
    const door = { ...set('door'), provenBy: 'proof' };
    const plan = planOf([
      look('before'),
      act('a'),
      look('proof'),
      set('hold'),
      act('b'),
      set('let-go'),
      door,
    ]);
    const done = {
      before: is('done'),
      a: is('done'),
      proof: is('done'),
      b: is('done'),
      'let-go': is('done'),
    };
    const again = new Set(['proof', 'hold', 'let-go']);
    expect(findStale(plan, { ...done, hold: is('done') })).toEqual(again);
    expect(findStale(plan, { ...done, hold: is('intent') })).toEqual(new Set(['proof', 'let-go']));
    expect(findStale(plan, { ...done, proof: is('intent'), hold: is('intent') })).toEqual(
      new Set(['let-go']),
    );
    expect(findStale(plan, { ...done, hold: is('done'), 'let-go': is('intent') })).toEqual(
      new Set(['proof', 'hold']),
    );
  });

  it('takes no baseline anew because of a sign-off that has to be asked for again', () => {
    const plan = planOf([signOff(1, 'Go', [], true), look('baseline'), act('b'), act('c')]);
    const states = { 'decision-1': is('failed'), baseline: is('done'), b: is('done') };
    expect(findStale(plan, states)).toEqual(new Set());
  });

  it('stops at what may not be repeated, at another gate and at a sign-off, which is asked for itself', () => {
    const second = gate('post-deploy', 'After');
    const done = (...names: string[]) => Object.fromEntries(names.map((name) => [name, is('done')]));
    expect(findStale(planOf([look('a'), act('b'), set('c'), second]), done('a', 'b', 'c'))).toEqual(
      new Set(['c']),
    );
    const first = gate('smoke', 'Smoke');
    const names = done('a', 'gate.smoke', 'c');
    expect(findStale(planOf([look('a'), first, look('c'), second]), names)).toEqual(new Set(['c']));
    const sign = signOff(1, 'Go', [], true);
    expect(findStale(planOf([look('a'), sign, second]), done('a', 'decision-1'))).toEqual(
      new Set(['decision-1']),
    );
  });

  it('asks no proof again before its door, and no gate that was not asked yet, when a run is driven step by step', () => {
    const { act, look } = makeStage();
    const door = { ...act('door'), provenBy: 'proof' };
    const entries = [look('proof'), gate('smoke', 'Smoke'), look('warm'), door];
    const plan = planOf(entries);
    const is = (state: string) => ({ state }) as never;
    expect(findStale(plan, { proof: is('done') }, 'gate.smoke')).toEqual(new Set());
    expect(findStale(plan, { proof: is('done'), 'gate.smoke': is('failed') }, 'gate.smoke')).toEqual(
      new Set(['proof']),
    );
    const before = { proof: is('done'), 'gate.smoke': is('done') };
    expect(findStale(plan, before, 'warm')).toEqual(new Set());
    expect(findStale(plan, { ...before, warm: is('done') }, 'door')).toEqual(
      new Set(['proof', 'gate.smoke', 'warm']),
    );
  });
});
