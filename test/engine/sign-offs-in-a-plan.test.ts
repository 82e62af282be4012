import { describe, expect, it } from 'vitest';
import { gate, signOff } from '../../src/kit.ts';
import { GO, makeStage, NO } from './plan-stage.ts';

describe('a sign-off inside a plan', () => {
  it('pauses the run until the roles have signed, where they must', async () => {
    const { stage, world, act } = makeStage();
    const missing = ['qa', 'product'];
    const readSigns = async () => ({ missing: missing.splice(0) });
    const entries = [signOff(2, 'Go live', ['qa', 'product'], true), act('one')];
    const first = await stage.start(entries, { readSigns });
    expect(first).toMatchObject({
      verdict: 'paused',
      said: 'decision 2 needs qa, product',
      at: 'decision-2',
    });
    expect(stage.told).toContainEqual(
      expect.objectContaining({ type: 'decision.due', roles: ['qa', 'product'] }),
    );
    expect(world.count('one')).toBe(0);
    expect(await stage.resume({ readSigns })).toMatchObject({
      verdict: 'completed',
      facts: { 'decision-2': { point: 2, missing: [] } },
    });
  });

  it('F72: is asked for again at the resume, and holds it when somebody has taken theirs back', async () => {
    const { stage, world, act } = makeStage();
    const answers = [NO];
    const judgeGate = async () => answers.shift() ?? GO;
    const signs: string[][] = [[], ['qa'], []];
    const readSigns = async () => ({ missing: signs.shift() ?? [] });
    const entries = [signOff(1, 'Go', ['qa'], true), act('one'), gate('smoke', 'Smoke'), act('two')];
    const change = { judgeGate, readSigns };
    expect(await stage.start(entries, change)).toMatchObject({ verdict: 'failed', at: 'gate.smoke' });
    const held = await stage.resume(change);
    expect(held).toMatchObject({ verdict: 'paused', said: 'decision 1 needs qa', at: 'decision-1' });
    expect(world.count('two')).toBe(0);
    expect(await stage.resume(change)).toMatchObject({ verdict: 'completed' });
    expect([world.count('one'), world.count('two')]).toEqual([1, 1]);
  });

  it('DP-2c: ends the run where one of them says no, whether it waits for them or not', async () => {
    const { stage, world, act } = makeStage();
    let refusal: string | undefined = 'ROLLBACK by Ben: "exports hang"';
    const readSigns = async () => ({ missing: [], ...(refusal === undefined ? {} : { refusal }) });
    const entries = [signOff(2, 'Go on', ['qa'], false), act('one')];
    expect(await stage.start(entries, { readSigns })).toMatchObject({
      verdict: 'failed',
      at: 'decision-2',
      said: 'Decision 2: ROLLBACK by Ben: "exports hang".',
      error: { code: 'E_DECIDED_NO' },
    });
    expect(world.count('one')).toBe(0);
    refusal = undefined;
    expect(await stage.resume({ readSigns })).toMatchObject({ verdict: 'completed' });
  });

  it('only tells who should sign, where they need not, and records who was missing', async () => {
    const { stage, act } = makeStage();
    const readSigns = async () => ({ missing: ['qa'] });
    const result = await stage.start([signOff(3, 'Look', ['qa'], false), act('one')], { readSigns });
    expect(result).toMatchObject({ verdict: 'completed', facts: { 'decision-3': { missing: ['qa'] } } });
    // Nobody decided, so nothing may say that somebody did.
    expect(stage.told).toContainEqual(
      expect.objectContaining({ type: 'step.done', name: 'decision-3', how: 'skipped' }),
    );
  });
});
