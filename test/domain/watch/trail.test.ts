import { describe, expect, it } from 'vitest';
import { minutes } from '../../../src/domain/duration.ts';
import { TRAIL_MINUTES, Trail } from '../../../src/domain/watch/trail.ts';
import type { RuleView } from '../../../src/domain/watch/view-rule.ts';

const view = (value: number | undefined, more: Partial<RuleView> = {}): RuleView => ({
  ...{ id: 'one', title: 'One', unit: 'percent', level: 'ok', knowledge: 'measured', value, series: 'all' },
  ...{ fired: undefined, building: undefined, ...more },
});

const at = (minute: number): number => minutes(29_000_000 + minute);
const known = (trail: Trail, minute: number) =>
  trail.of('one', at(minute)).filter((one) => one !== undefined);

describe('the trail of a watch', () => {
  it('keeps of every minute the reading that was nearest to trouble', () => {
    const roof = new Trail(() => false);
    const floor = new Trail(() => true);
    for (const trail of [roof, floor]) for (const value of [3, 9, 1]) trail.note(at(0), [view(value)]);
    expect([roof.of('one', at(0)).at(-1), floor.of('one', at(0)).at(-1)]).toEqual([9, 1]);
  });

  it('shows twenty minutes, however long it has watched, and each at its place', () => {
    const trail = new Trail(() => false);
    for (let minute = 0; minute < 3000; minute += 1) trail.note(at(minute), [view(minute)]);
    expect(trail.of('one', at(2999))).toEqual(Array.from({ length: TRAIL_MINUTES }, (_, i) => 2980 + i));
  });

  it('F68: leaves minutes empty in which nobody watched', () => {
    const trail = new Trail(() => false);
    trail.note(at(0), [view(1)]);
    trail.note(at(5), [view(2)]);
    expect(trail.of('one', at(5)).slice(-6)).toEqual([1, undefined, undefined, undefined, undefined, 2]);
    expect(known(trail, 30)).toEqual([]);
  });

  it('has no reading where nothing is known, and no zero either', () => {
    const trail = new Trail(() => false);
    trail.note(at(0), [view(undefined, { knowledge: 'unknown' }), view(5, { knowledge: 'unknown' })]);
    expect(known(trail, 0)).toEqual([]);
    expect(trail.of('never heard of', at(0))).toHaveLength(TRAIL_MINUTES);
  });
});
