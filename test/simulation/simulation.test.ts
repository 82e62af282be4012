import { describe, expect, it } from 'vitest';
import { INGREDIENTS, type Ingredient } from './ablations.ts';
import { type Outcome, Simulation } from './simulation.ts';

/** `npm run chaos` plays as many as one likes, and tells the story of one. */
const SEEDS = 10_000;

/** Plays seeds one after another until `enough` says so. */
async function simulate(
  count: number,
  missing: readonly Ingredient[] = [],
  enough: (one: Outcome) => boolean = () => false,
) {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const outcome = await new Simulation(seed, missing).run();
    outcomes.push(outcome);
    if (enough(outcome)) break;
  }
  return outcomes;
}

const isBad = ({ violations }: Outcome): boolean => violations.length > 0;

describe('a release under every trouble at once', () => {
  it(`F01–F12, F26–F28, F32–F35, F38, F59, F60: keeps its promises for ${SEEDS} seeds`, async () => {
    const outcomes = await simulate(SEEDS);
    expect(outcomes.filter(isBad)).toEqual([]);
    const troubles = ['kills', 'freezes', 'takeovers', 'clockJumps', 'ledgerTroubles'] as const;
    for (const what of troubles)
      expect(outcomes.reduce((all, one) => all + one[what], 0)).toBeGreaterThan(SEEDS / 5);
  }, 900_000);

  const ablations: readonly (readonly Ingredient[])[] = [
    ...INGREDIENTS.map((one) => [one]),
    ['fence', 'guard'],
  ];

  it.each(ablations.map((missing) => ({ missing, without: `the ${missing.join(' and the ')}` })))(
    'breaks a promise without $without, so that the simulation is known to see it',
    async ({ missing }) => {
      const outcomes = await simulate(400, missing, isBad);
      expect(outcomes.filter(isBad)).toHaveLength(1);
    },
  );

  it('shows the same again for the same seed', async () => {
    const [once, again] = [await simulate(5), await simulate(5)];
    expect(again).toEqual(once);
  });
});
