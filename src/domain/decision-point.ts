import { minutes } from './duration.ts';

/** The points at which people decide about a release that is under way; the first one comes before it (DP rows). */
export const DECISION_POINTS = ['2', '3', '4'] as const;
export type DecisionPoint = (typeof DECISION_POINTS)[number];

/** A point of decision as the runbook has it. */
interface Asked {
  readonly outcomes: readonly string[];
}

/** When a point comes, as the runbook has it. */
interface Timed {
  readonly anchor?: 'T_start' | 'T_live' | 'T_open';
  readonly afterMinutes?: number;
}

interface Anchors {
  readonly start: number;
  readonly live: number;
  readonly open: number;
}

/** When a point comes, in ms since 1970 like its anchors: those of the monitoring count from the moment users came (E-06, E-07). */
export function momentOf(
  point: DecisionPoint,
  { anchor = 'T_open', afterMinutes = 0 }: Timed,
  { start, live, open }: Anchors,
): number {
  const anchors = { T_start: start, T_live: live, T_open: open };
  return anchors[point === '2' ? anchor : 'T_open'] + minutes(afterMinutes);
}

/**
 * The outcome that an answer is, as the runbook spells it, alone or with more after a colon or a comma; undefined: it is none of
 * them. Without such a sign the words after it may take it back: "SUCCESS? I do not think so".
 */
export function findOutcome(answer: string, { outcomes }: Asked): string | undefined {
  const said = answer.trim().toLowerCase();
  const isMeant = (outcome: string): boolean => {
    const word = outcome.toLowerCase();
    return said.startsWith(word) && /^\s*([:,]|$)/.test(said.slice(word.length));
  };
  return [...outcomes].sort((a, b) => b.length - a.length).find(isMeant);
}
