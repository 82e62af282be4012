import type { Rule } from './rule.ts';
import type { BaselineTick } from './tick.ts';

const keyOf = (metric: string, series: string, source: string): string => `${metric} ${series} ${source}`;

/** Values of before the release, each for later ones of its own source. */
export class Baselines {
  private readonly values = new Map<string, number>();
  private readonly metrics = new Set<string>();

  take({ metric, series, source, baseline }: BaselineTick): void {
    if (!Number.isFinite(baseline) || baseline <= 0) return;
    this.values.set(keyOf(metric, series, source), baseline);
    this.metrics.add(metric);
  }

  /** Undefined: nothing is known of before. */
  of(metric: string, series: string, source: string): number | undefined {
    return this.values.get(keyOf(metric, series, source));
  }

  /** Rules that compare, of whose metric nothing is known of before. */
  lackingFor(rules: readonly Rule[]): readonly string[] {
    return rules
      .filter(({ against, metric }) => against === 'baseline' && !this.metrics.has(metric))
      .map(({ id }) => id);
  }
}
