import type { RuleState } from './judge-rule.ts';

/** For how long the quietest source of a rule has told nothing, in ms; undefined: one of them never told anything. */
export function silenceOf({ heard }: RuleState, at: number): number | undefined {
  const last = heard.map(({ feeds }) => Math.max(...feeds.map((feed) => feed.at)));
  const oldest = Math.min(...last);
  return Number.isFinite(oldest) ? Math.max(0, at - oldest) : undefined;
}
