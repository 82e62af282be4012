import { minutes } from '../duration.ts';
import type { Phase, Rule } from './rule.ts';

/** The anchors of a watch, in ms since 1970. Wall-clock times are never compared (E-07). */
export interface Moments {
  /** T_live: the new version is proven. */
  readonly live: number;
  /** T_open: users reach it. Undefined: not yet. */
  readonly open: number | undefined;
}

/** Whether rules of that anchor are judged at this moment (E-08). */
export const isReached = ({ live, open }: Moments, since: Rule['since'], at: number): boolean =>
  since === 'live' ? at >= live : open !== undefined && at >= open;

/** The critical minutes begin when users come, and what is before them is no less critical. */
export const phaseAt = ({ open }: Moments, criticalMinutes: number, at: number): Phase =>
  open === undefined || at < open + minutes(criticalMinutes) ? 'critical' : 'later';
