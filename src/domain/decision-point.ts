import { minutes } from './duration.ts';

/** The points at which people decide about a release that is under way; the first one comes before it (DP rows). */
export const DECISION_POINTS = ['2', '3', '4'] as const;
export type DecisionPoint = (typeof DECISION_POINTS)[number];

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
