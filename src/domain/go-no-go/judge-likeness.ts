import { plural } from '../plural.ts';
import {
  goBecause,
  holdBecause,
  isCount,
  isPercent,
  noGoBecause,
  type RuleAnswer,
  sayPercent,
} from './rule-answer.ts';

/** How alike staging and production are; undefined where one side could not be read. */
export interface Likeness {
  /** 0 to 100. */
  readonly percent: number | undefined;
  /** Differences that are never acceptable, whatever the score. */
  readonly unacceptable: number | undefined;
}

/** thresholds.parity: GO above `go`, NO-GO below `noGo`, HOLD from one to the other, both included. */
export interface LikenessBounds {
  readonly go: number;
  readonly noGo: number;
}

/** PAR-05, GO-05, NG-07: the verdict on the likeness of staging and production (E-11). */
export function judgeLikeness({ percent, unacceptable }: Likeness, { go, noGo }: LikenessBounds): RuleAnswer {
  if (isCount(unacceptable) && unacceptable > 0)
    return noGoBecause(`${plural(unacceptable, 'difference')} that no score makes up for`);
  if (!isPercent(percent) || !isCount(unacceptable))
    return holdBecause('staging and production could not be compared');
  if (percent < noGo) return noGoBecause(`${sayPercent(percent)} alike, below ${noGo} %`);
  if (percent > go) return goBecause(`${sayPercent(percent)} alike`);
  return holdBecause(`${sayPercent(percent)} alike: GO is above ${go} %, NO-GO below ${noGo} %`);
}
