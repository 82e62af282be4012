import { groupLimits } from './group-limits.ts';
import type { Limit } from './limit.ts';

/** Two neighbouring ranges of one metric that call for something. */
export interface BandTrouble {
  /** edge: the bound between them is of neither, or of both. dwell: what was in the upper one too briefly counts nowhere. */
  readonly kind: 'edge' | 'dwell';
  readonly lower: Limit;
  readonly upper: Limit;
  readonly at: number;
}

const claims = (lower: Limit, upper: Limit): number =>
  [lower.range.highEdge, upper.range.lowEdge].filter((edge) => edge === 'in').length;

function troublesOf(lower: Limit, upper: Limit): readonly BandTrouble[] {
  const at = lower.range.high;
  if (at !== upper.range.low) return [];
  const meetsWell =
    claims(lower, upper) === 1 || (lower.range.highEdge === 'out' && upper.range.lowEdge === 'in');
  const edge: BandTrouble = { kind: 'edge', lower, upper, at };
  const isShorter = lower.dwell !== undefined && upper.dwell !== undefined && upper.dwell < lower.dwell;
  return [...(meetsWell ? [] : [edge]), ...(isShorter ? [{ ...edge, kind: 'dwell' as const }] : [])];
}

/** Ranges that lie side by side, and what falls between two of them. */
export const findBandTroubles = (limits: readonly Limit[]): readonly BandTrouble[] =>
  groupLimits(limits).flatMap((group) => {
    const bands = group.filter(({ meaning }) => meaning === 'bad').sort((a, b) => a.range.low - b.range.low);
    return bands.slice(1).flatMap((upper, i) => {
      const lower = bands[i];
      return lower === undefined ? [] : troublesOf(lower, upper);
    });
  });
