/** The points at which people decide about a release that is under way; the first one comes before it (DP rows). */
export const DECISION_POINTS = ['2', '3', '4'] as const;
export type DecisionPoint = (typeof DECISION_POINTS)[number];

/** A point of decision as the runbook has it. */
interface Asked {
  readonly outcomes: readonly string[];
}

/** The outcome that an answer begins with, as the runbook spells it; undefined: it is none of them. */
export function findOutcome(answer: string, { outcomes }: Asked): string | undefined {
  const said = answer.trim().toLowerCase();
  const isMeant = (outcome: string): boolean => {
    const word = outcome.toLowerCase();
    return said.startsWith(word) && !/[\p{L}\p{N}]/u.test(said.charAt(word.length));
  };
  return [...outcomes].sort((a, b) => b.length - a.length).find(isMeant);
}
