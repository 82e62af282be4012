import { describe, expect, it } from 'vitest';
import { tellOverdue } from '../../../src/cli/runs/tell-overdue.ts';
import type { RollbackClock } from '../../../src/domain/rollback-clock.ts';
import type { EngineEvent } from '../../../src/engine/events.ts';

const clock: RollbackClock = { severity: 'P0', from: 0, isDetected: true, startBy: 300_000, doneBy: 900_000 };
const started = (name: string): EngineEvent => ({
  type: 'step.started',
  name,
  title: name,
  index: 0,
  total: 2,
});
const told = (name: string): EngineEvent => ({ type: 'step.told', name, said: 'still at it' });

/** What people see of these events, each with its time in ms. */
function play(one: RollbackClock | undefined, ...events: readonly (readonly [number, EngineEvent])[]) {
  const seen: EngineEvent[] = [];
  let now = 0;
  const emit = tellOverdue(
    (event) => seen.push(event),
    one,
    () => now,
    () => ['Lee Park (Rollback Lead)'],
  );
  for (const [at, event] of events) {
    now = at;
    emit(event);
  }
  return seen.filter(({ type }) => type === 'step.told').map((event) => 'said' in event && event.said);
}

describe('RBC-P0, RBC-P1: a rollback that takes longer than it may', () => {
  const overdue = 'OVERDUE by 1 min (P0); call Lee Park (Rollback Lead)';

  it('says so once, beside the step that is under way, and whom to call', () => {
    expect(play(clock, [0, started('a')], [960_000, started('b')], [990_000, started('c')])).toEqual([
      overdue,
    ]);
  });

  it('says so in the middle of a step that only goes on', () => {
    const said = play(
      clock,
      [0, started('a')],
      [300_000, told('a')],
      [960_000, told('a')],
      [999_000, told('a')],
    );
    expect(said).toEqual(['still at it', 'still at it', overdue, 'still at it']);
  });

  it('says nothing in time, and nothing where no clock runs', () => {
    expect(play(clock, [900_000, started('a')])).toEqual([]);
    expect(play(undefined, [9_000_000, started('a')])).toEqual([]);
    expect(play({ ...clock, doneBy: undefined }, [9_000_000, started('a')])).toEqual([]);
  });
});
