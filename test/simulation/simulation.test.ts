import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INGREDIENTS, type Ingredient } from './ablations.ts';
import { type Outcome, Simulation } from './simulation.ts';
import { sayLine } from './story.ts';

/** `npm run chaos` plays as many as one likes, and tells the story of one. */
const SEEDS = 2000;

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

/** What it is, for those who come after in the same process. */
const STACK_LINES = Error.stackTraceLimit;

describe('a release under every trouble at once', () => {
  beforeAll(() => {
    // A stack for every refusal that is part of the play costs more than the refusal.
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = STACK_LINES;
  });

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

  it('shows the same again for the same seed, also when its story is told', async () => {
    const once = await simulate(100);
    const again: Outcome[] = [];
    const lines: string[] = [];
    const tell = (atMs: number, who: string, what: string) => lines.push(sayLine(atMs, who, what));
    for (const { seed } of once) again.push(await new Simulation(seed, [], tell).run());
    expect(again).toEqual(once);
    expect(lines[0]).toBe('00:00:00.000  host-1      somebody starts deploy');
    for (const word of [
      'is killed',
      'freezes for',
      'takes the lock over',
      'leaves',
      'happens',
      'ends: completed',
    ])
      expect(lines.some((line) => line.includes(word))).toBe(true);
  });
});
