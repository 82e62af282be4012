import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../src/cli/watch/figures.ts';
import { Watch } from '../../../src/domain/watch/fold.ts';
import { isAllKnown } from '../../../src/domain/watch/is-all-known.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { at, makeBook, makeRule, value } from './watch-world.ts';

const HOLD = { level: 'hold', row: 'SUC-01', from: 1, dwellMinutes: 5 } as const;
const mark = (seconds: number, one: 'live' | 'open' | 'gap'): Tick => ({ at: at(seconds), mark: one });

function watchOver(ticks: readonly Tick[]): Watch {
  const watch = new Watch(makeBook([makeRule([HOLD], { since: 'open' })]));
  for (const tick of ticks) watch.take(tick);
  watch.advance(ticks.at(-1)?.at ?? 0);
  return watch;
}

describe('E-08: a rule that is off, because users are not in yet', () => {
  it('is nothing that must be known, has no level and no figure', () => {
    const watch = watchOver([mark(0, 'live'), value(5, 50), value(10, 50)]);
    expect([watch.states[0]?.knowledge, watch.level(), isAllKnown(watch.states)]).toEqual([
      'off',
      'ok',
      true,
    ]);
    expect(figuresOf(watch)).toEqual({});
  });

  it('is unknown as soon as they are, until something tells of it', () => {
    const open = [mark(0, 'live'), value(5, 50), mark(20, 'open'), mark(400, 'gap')];
    const watch = watchOver(open);
    expect([watch.states[0]?.knowledge, isAllKnown(watch.states)]).toEqual(['unknown', false]);
    expect(isAllKnown(watchOver([...open, value(405, 0)]).states)).toBe(true);
  });
});
