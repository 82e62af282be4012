import type { Band, Rule } from '../../domain/watch/rule.ts';
import type { Measured } from './collect-series.ts';

/** A bound of a rule in the unit of what is measured. */
export interface RuleBound {
  readonly value: number;
  readonly level: string;
  readonly row: string;
  /** True: readings must not be below it. */
  readonly isFloor: boolean;
  /** How long it has to be met for its rule to call; 0: one reading is enough. */
  readonly dwellMinutes: number;
}

/** What a rule's bounds are multiples of for a series; undefined: it is not judged by this rule. */
function scaleOf(rule: Rule, series: string, baselines: Measured['baselines']): number | undefined {
  if (rule.against === undefined) return 1;
  if (rule.against === 'limits')
    return Object.hasOwn(rule.limits ?? {}, series) ? rule.limits?.[series] : undefined;
  // Of two sources the lower one: it is what is broken first.
  const known = baselines.filter((one) => one.metric === rule.metric && one.series === series);
  return known.length === 0 ? undefined : Math.min(...known.map(({ value }) => value));
}

function boundOf({ from, below, level, row, dwellMinutes }: Band, scale: number): RuleBound | undefined {
  const of = { level, row, dwellMinutes };
  if (from !== undefined) return { ...of, value: from * scale, isFloor: false };
  return below === undefined ? undefined : { ...of, value: below * scale, isFloor: true };
}

/** Every bound by which a series is judged, mildest first; each level once, at the bound that is met first. */
export function listBounds(
  rules: readonly Rule[],
  metric: string,
  series: string,
  baselines: Measured['baselines'],
): readonly RuleBound[] {
  const all = rules
    .filter((rule) => rule.metric === metric)
    .flatMap((rule) => {
      const scale = scaleOf(rule, series, baselines);
      return scale === undefined ? [] : rule.bands.flatMap((band) => boundOf(band, scale) ?? []);
    })
    .sort((a, b) => (a.isFloor ? b.value - a.value : a.value - b.value));
  const seen = new Set<string>();
  return all.filter(({ level }) => !seen.has(level) && seen.add(level));
}
