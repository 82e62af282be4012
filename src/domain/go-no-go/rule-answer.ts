import type { Judgement } from '../finding.ts';
import type { Verdict } from '../verdict.ts';

/** What a rule of docs/go-no-go.md says: one call for every input. `hold`: not established, or for people to decide. */
export interface RuleAnswer {
  readonly call: Verdict['call'];
  /** In numbers, for the screen. */
  readonly why: string;
}

export const goBecause = (why: string): RuleAnswer => ({ call: 'go', why });
export const holdBecause = (why: string): RuleAnswer => ({ call: 'hold', why });
export const noGoBecause = (why: string): RuleAnswer => ({ call: 'no-go', why });

/** A number of things: whole and not negative. Anything else was not counted. */
export const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0;

/** A share in percent, 0 to 100. Anything else was not measured. */
export const isPercent = (value: number | undefined): value is number =>
  value !== undefined && value >= 0 && value <= 100;

/** `95 %`, `89.97 %`: cut, never rounded up, so that the screen cannot show a bound that was missed. */
export const sayPercent = (value: number): string => `${Math.floor(value * 100) / 100} %`;

/** A rule's answer as a check says it: a hold fails and leaves the decision to people. */
export function judgeByRule({ call, why }: RuleAnswer): Judgement {
  if (call === 'go') return { outcome: 'pass', said: why };
  return call === 'hold' ? { outcome: 'fail', holds: true, said: why } : { outcome: 'fail', said: why };
}
