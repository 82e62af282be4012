import { describe, expect, it } from 'vitest';
import { chooseMove } from '../../src/engine/next-move.ts';
import { makeRunId } from '../../src/engine/run-id.ts';
import { makeSteppedClock } from '../support/stepped-clock.ts';

const at = '2025-10-01T14:00:00.000Z';
const begun = { state: 'intent', firstAt: at, at, attempts: 2, epoch: 3 } as const;
const rules = (effect: 'repeatable' | 'probeable' | 'unprobeable' | 'read') => ({
  effect,
  settleMs: 30_000,
  intentMs: 15_000,
});

describe('the next move of a step', () => {
  it('is its first attempt when nothing is recorded', () => {
    expect(chooseMove(undefined, rules('probeable'))).toEqual({ move: 'run', attempt: 1 });
  });

  it('F09: passes over what is done or was warned about', () => {
    const done = { state: 'done', how: 'effect', done: {}, tookMs: 1, at, startedAt: at } as const;
    expect(chooseMove(done, rules('probeable'))).toEqual({ move: 'pass-over' });
    expect(chooseMove({ state: 'warned', code: 'E_X', said: '' }, rules('probeable'))).toEqual({
      move: 'pass-over',
    });
  });

  it('is another attempt after one that is known to have failed', () => {
    const failed = { state: 'failed', firstAt: at, code: 'E_X', said: '', attempts: 2, at } as const;
    expect(chooseMove(failed, rules('unprobeable'))).toEqual({ move: 'run', attempt: 3 });
  });

  it.each(['read', 'repeatable'] as const)('simply repeats a %s step that was begun', (effect) => {
    expect(chooseMove(begun, rules(effect))).toEqual({ move: 'run', attempt: 3 });
  });

  it('settles a probeable step that was begun, for as long as its request may leave and land', () => {
    const settled = { move: 'settle', begun: { at, epoch: 3, wholeMs: 45_000 }, attempt: 3 };
    expect(chooseMove(begun, rules('probeable'))).toEqual(settled);
  });

  it('leaves an unprobeable step that was begun to a decision', () => {
    expect(chooseMove(begun, rules('unprobeable'))).toEqual({ move: 'decide', attempt: 3 });
  });
});

describe('a run id', () => {
  it('is the minute in UTC and four letters', () => {
    const { clock } = makeSteppedClock(new Date('2026-11-24T15:00:59Z'));
    expect(makeRunId(clock, () => 0x7f3a / 0x10000)).toBe('r-20261124-1500-7f3a');
    expect(makeRunId(clock, () => 0)).toBe('r-20261124-1500-0000');
    expect(makeRunId(clock, () => 0.9999999)).toBe('r-20261124-1500-ffff');
  });
});
