import type { Ingredient } from './ablations.ts';
import { type Outcome, Simulation } from './simulation.ts';

/** What many seeds showed together. */
export interface Total {
  seeds: number;
  kills: number;
  freezes: number;
  takeovers: number;
  clockJumps: number;
  ledgerTroubles: number;
  lives: number;
  /** Broken promises, and the first seeds that broke one. */
  broken: number;
  readonly bad: number[];
}

/** So many bad seeds are named; the others are counted. */
const NAMED = 10;

export const emptyTotal = (): Total => ({
  seeds: 0,
  lives: 0,
  kills: 0,
  freezes: 0,
  takeovers: 0,
  clockJumps: 0,
  ledgerTroubles: 0,
  broken: 0,
  bad: [],
});

function addOutcome(total: Total, { seed, violations, ...tally }: Outcome): void {
  total.seeds += 1;
  total.broken += violations.length;
  if (violations.length > 0 && total.bad.length < NAMED) total.bad.push(seed);
  for (const key of Object.keys(tally) as (keyof typeof tally)[]) total[key] += tally[key];
}

/** Adds what `more` counted to `total`. */
export function addTotal(total: Total, more: Total): void {
  for (const key of Object.keys(more) as (keyof Total)[])
    if (key !== 'bad') (total[key] as number) += more[key] as number;
  total.bad.push(...more.bad);
  total.bad.sort((a, b) => a - b).splice(NAMED);
}

/** Plays `count` seeds from `first` on. */
export async function playSeeds(
  first: number,
  count: number,
  missing: readonly Ingredient[],
): Promise<Total> {
  const total = emptyTotal();
  for (let seed = first; seed < first + count; seed += 1)
    addOutcome(total, await new Simulation(seed, missing).run());
  return total;
}
