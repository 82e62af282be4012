import { isWorse, type Phase, type Rule } from './rule.ts';

/** The first bound that people are asked at, in the unit of the rule. */
export interface Limit {
  readonly bound: number;
  /** True: readings must not be below it. */
  readonly isFloor: boolean;
}

/** Undefined where a rule only notes. */
export function limitOf({ bands }: Rule, phase: Phase): Limit | undefined {
  const asking = bands.filter(
    ({ level, during }) => isWorse(level, 'P3') && (during === undefined || during === phase),
  );
  const roofs = asking.flatMap(({ from }) => from ?? []);
  if (roofs.length > 0) return { bound: Math.min(...roofs), isFloor: false };
  const floors = asking.flatMap(({ below }) => below ?? []);
  return floors.length > 0 ? { bound: Math.max(...floors), isFloor: true } : undefined;
}
