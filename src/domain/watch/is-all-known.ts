import type { RuleState } from './judge-rule.ts';

/** Whether a rule rests on measurements now, or need not. */
export const isKnown = ({ rule, knowledge }: RuleState): boolean =>
  !rule.needed || knowledge === 'measured' || knowledge === 'off';

/** Whether every rule that must be known rests on measurements now. */
export const isAllKnown = (states: readonly RuleState[]): boolean => states.every(isKnown);
