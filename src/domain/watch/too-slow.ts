import { samplesToProve } from '../statistics/binomial.ts';
import type { Rule } from './rule.ts';

/** A source of times, before it has told anything. */
export interface Pace {
  readonly name: string;
  readonly metrics: readonly string[];
  /** Times of its metrics that it has at most in what a percentile looks back over; undefined: nobody knows before. */
  readonly mostTimes?: number | undefined;
}

/** A rule of a percentile that a source can never tell enough for. */
export interface TooSlow {
  readonly rule: string;
  readonly source: string;
  readonly most: number;
  readonly needs: number;
}

/** Rules that stay thin however long the watch lasts, because a source of theirs asks too seldom (E-24). */
export const listTooSlow = (rules: readonly Rule[], paces: readonly Pace[]): readonly TooSlow[] =>
  rules.flatMap(({ id, metric, percentile, needed }) => {
    if (percentile === undefined || !needed) return [];
    const needs = samplesToProve(percentile);
    return paces.flatMap(({ name, metrics, mostTimes: most }) =>
      most !== undefined && metrics.includes(metric) && most < needs
        ? [{ rule: id, source: name, most, needs }]
        : [],
    );
  });
