import type { RuleState } from './judge-rule.ts';

/** Whether every rule that must be known rests on measurements now. */
export const isAllKnown = (states: readonly RuleState[]): boolean =>
  states.every(({ rule, knowledge }) => !rule.needed || knowledge === 'measured' || knowledge === 'off');
