import { describe, expect, it } from 'vitest';
import { type Missing, type Outcome, Simulation } from './simulate.ts';

const SEEDS = Number(process.env.SEEDS ?? '300');
const FIRST = Number(process.env.SEED ?? '1');

/** Runs seeds one after another until `enough` says so. */
async function simulate(count: number, missing?: Missing, enough: (one: Outcome) => boolean = () => false) {
  const outcomes: Outcome[] = [];
  for (let seed = FIRST; seed < FIRST + count; seed += 1) {
    const outcome = await new Simulation(seed, missing).run();
    outcomes.push(outcome);
    if (enough(outcome)) break;
  }
  return outcomes;
}

const isBad = ({ violations }: Outcome): boolean => violations.length > 0;
const sum = (outcomes: readonly Outcome[], what: 'kills' | 'freezes' | 'takeovers'): number =>
  outcomes.reduce((all, one) => all + one[what], 0);

describe('a release under every trouble at once', () => {
  it(
    `keeps its promises for ${SEEDS} seeds`,
    async () => {
      const outcomes = await simulate(SEEDS);
      expect(outcomes.filter(isBad)).toEqual([]);
      const troubles = ['kills', 'freezes', 'takeovers'].map((what) => sum(outcomes, what as 'kills'));
      for (const count of troubles) expect(count).toBeGreaterThan(SEEDS / 3);
    },
    60_000 + SEEDS * 100,
  );

  it.each(['guard', 'settle', 'intent', 'inspect', 'fence'] as const)(
    'breaks a promise without the %s, so that the simulation is known to see it',
    async (missing) => {
      const outcomes = await simulate(400, missing, isBad);
      expect(outcomes.filter(isBad)).toHaveLength(1);
    },
  );

  it('shows the same again for the same seed', async () => {
    const [once, again] = [await simulate(5), await simulate(5)];
    expect(again).toEqual(once);
  });
});
