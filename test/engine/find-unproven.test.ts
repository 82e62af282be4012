import { describe, expect, it } from 'vitest';
import type { PlanEntry } from '../../src/domain/plan.ts';
import { findUnproven } from '../../src/engine/find-unproven.ts';
import { planOf } from '../support/engine/plan-of.ts';
import { SmallShop } from '../support/engine/small-shop.ts';

const plan = planOf(new SmallShop().deploy());
const names = plan.entries.map(({ name }) => name);
const isNote = ({ name }: PlanEntry): boolean => name === 'baseline';
const is = (state: 'done' | 'failed' | 'intent', more: object = {}) => ({ state, ...more }) as never;

/** Everything up to `last` is recorded as done, and the world shows `standing`. */
const find = (last: string, standing: readonly string[], until?: string, more: object = {}) => {
  const done = names.slice(0, names.indexOf(last) + 1).map((name) => [name, is('done')] as const);
  const states = { ...Object.fromEntries(done), ...more };
  return findUnproven(plan, states, { standing: new Set(standing), isNote, until });
};

describe('T37: what only the record says', () => {
  it('T37: is everything behind the last effect that the world shows', () => {
    expect(find('schema-after', ['backup', 'migrate'])).toEqual(['schema-after']);
    expect(find('gate-smoke', ['publish'])).toEqual(['prove-live', 'smoke', 'gate-smoke']);
    expect(find('maintenance-off', ['publish', 'maintenance-off'])).toEqual([]);
    expect(find('gate-open', ['publish'])).toEqual([
      ...['prove-live', 'smoke', 'gate-smoke', 'decision-2', 'maintenance-off', 'gate-open'],
    ]);
  });

  it('T37: is no note of how things were, once an effect may have changed them', () => {
    expect(find('baseline', [])).toContain('baseline');
    expect(find('baseline', [], undefined, { backup: is('failed') })).toContain('baseline');
    expect(find('baseline', [], undefined, { backup: is('failed', { isPartlyDone: true }) })).not.toContain(
      'baseline',
    );
    expect(find('baseline', [], undefined, { backup: is('intent') })).not.toContain('baseline');
  });

  it('T37: is left for later by a run that stands still before its next effect, and not by one that ends', () => {
    expect(find('publish', ['publish'], 'prove-live')).toEqual([]);
    expect(find('smoke', ['publish'], 'gate-smoke')).toEqual([]);
    expect(find('decision-2', ['publish'], 'maintenance-off')).toContain('gate-smoke');
    expect(find('maintenance-off', ['publish'], 'gate-open')).toContain('gate-smoke');
  });
});
