import { describe, expect, it } from 'vitest';
import { defineStep, gate, ReleaseError } from '../../src/kit.ts';
import { ledgerWith, makeStage, SCOPE } from './plan-stage.ts';

describe('a run that breaks', () => {
  it('F16: is paused with its lock given back when the disk was full and has room again', async () => {
    const { stage, world, act } = makeStage();
    const full = new ReleaseError('E_LEDGER_WRITE', { what: 'Full.', next: 'Room.', state: 'partly-done' });
    const ledger = ledgerWith(stage.ledger, {
      append: (held, event) =>
        event.type === 'step.done' ? Promise.reject(full) : stage.ledger.append(held, event),
    });
    await expect(stage.start([act('one'), act('two')], { ledger })).rejects.toBe(full);
    expect((await stage.state())?.end).toBe('paused');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
    expect([world.count('one'), world.count('two')]).toEqual([1, 1]);
  });

  it('throws what broke it when not even its end can be recorded', async () => {
    const { stage, world, act } = makeStage();
    const full = new ReleaseError('E_LEDGER_WRITE', { what: 'Full.', next: 'Room.', state: 'partly-done' });
    const ledger = ledgerWith(stage.ledger, { append: () => Promise.reject(full) });
    await expect(stage.start([act('one')], { ledger })).rejects.toBe(full);
    expect(world.sent).toEqual([]);
  });

  it('RBV-5: goes past what a step may fail with, and stops for the code that it names', async () => {
    const codes = ['E_DATA_UNKNOWN', 'E_DATA_INTEGRITY', 'E_DATA_INTEGRITY'] as const;
    const ends = codes.map(async (code, at) => {
      const { stage, act } = makeStage();
      const fails = defineStep<never, { at: number }, { at: number }>({
        ...{ id: 'test.count', def: 1, needs: [], effect: 'read', settleMs: 0, timeoutMs: 1000 },
        ...{ stop: 'safe', title: () => 'Count', undo: { kind: 'nothing' } },
        run: () => Promise.reject(new ReleaseError(code, { what: 'x', next: 'y', state: 'untouched' })),
      });
      stage.steps.set(fails.id, fails as never);
      const stopsOn = at === 2 ? [] : (['E_DATA_INTEGRITY'] as const);
      const counted = fails.with({ at }, { name: 'count', onFailure: 'warn', stopsOn });
      return (await stage.start([counted, act('open')])).verdict;
    });
    expect(await Promise.all(ends)).toEqual(['completed', 'failed', 'completed']);
  });

  it('throws a bug of a gate as it is, once the run is paused', async () => {
    const { stage } = makeStage();
    const bug = new TypeError('x of undefined');
    const judgeGate = () => Promise.reject(bug);
    await expect(stage.start([gate('smoke', 'Smoke')], { judgeGate })).rejects.toBe(bug);
    expect(await stage.state()).toMatchObject({ end: 'paused', said: 'broke at "Smoke"' });
  });
});
