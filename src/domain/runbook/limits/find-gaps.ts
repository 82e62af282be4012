import { groupLimits, isMoreBetter, turned } from './group-limits.ts';
import type { Limit } from './limit.ts';

/** What becomes of the values between two limits of one metric. */
export interface Seam {
  /** gap: no limit speaks of them. edge: the value on the bound is of neither. overlap: both do, and contradict. */
  readonly kind: 'gap' | 'edge' | 'overlap';
  readonly metric: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly good: Limit;
  readonly bad: Limit;
  /** A limit that says of these values that nothing is to be done; undefined where none does. */
  readonly noted: Limit | undefined;
}

const by =
  (of: (limit: Limit) => number) =>
  (one: Limit, other: Limit): number =>
    of(one) - of(other);

/** All less-is-better: the strictest good limit against the mildest bad one. */
function compare(
  limits: readonly Limit[],
): (Omit<Seam, 'from' | 'to'> & { from: number; to: number }) | undefined {
  const goods = limits.filter(({ meaning, range }) => meaning === 'good' && Number.isFinite(range.high));
  const bads = limits.filter(
    ({ meaning, range }) => (meaning === 'bad' || meaning === 'hold') && Number.isFinite(range.low),
  );
  const [good] = [...goods].sort(by(({ range }) => range.high));
  const [bad] = [...bads].sort(by(({ range }) => range.low));
  if (good === undefined || bad === undefined) return undefined;
  const [from, to] = [good.range.high, bad.range.low];
  const noted = limits.find(({ meaning, range }) => meaning === 'note' && range.high > from);
  const seam = { metric: good.metric, unit: good.unit, from, to, good, bad, noted };
  if (from < to) return { ...seam, kind: 'gap' };
  if (from > to) return { ...seam, kind: 'overlap', from: to, to: from };
  const claims = [good.range.highEdge, bad.range.lowEdge].filter((edge) => edge === 'in').length;
  if (claims === 1) return undefined;
  return { ...seam, kind: claims === 0 ? 'edge' : 'overlap' };
}

/** Where what is good ends and what is bad begins, metric by metric, and the two do not meet. */
export const findGaps = (limits: readonly Limit[]): readonly Seam[] =>
  groupLimits(limits).flatMap((group) => {
    const isTurned = isMoreBetter(group);
    const seam = compare(isTurned ? group.map(turned) : group);
    if (seam === undefined) return [];
    return [isTurned ? { ...seam, from: -seam.to, to: -seam.from } : seam];
  });
