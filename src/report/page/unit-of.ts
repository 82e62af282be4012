import type { Rule } from '../../domain/watch/rule.ts';

const UNITS: Readonly<Record<string, string>> = { percent: '%', ms: 'ms', s: 's', number: '' };

/** How a metric is read, from the rules that judge it. */
export interface Metric {
  readonly title: string;
  readonly unit: string;
  /** True: readings must not be below a bound. */
  readonly isFloor: boolean;
}

const TITLES: Readonly<Record<string, string>> = {
  'error-percent': 'Failed requests',
  'p95-ms': 'P95 of answers',
  'p95-all-ms': 'P95 of all requests',
  'p99-all-ms': 'P99 of all requests',
};

/** A metric that no rule knows says its unit in its name. */
const unitIn = (metric: string): string => {
  if (metric.endsWith('-ms')) return 'ms';
  if (metric.endsWith('-percent')) return '%';
  return metric.endsWith('-seconds') ? 's' : '';
};

/** By the name that measurements have; of a metric that no rule knows its own name. */
export function metricOf(rules: readonly Rule[], metric: string): Metric {
  const rule = rules.find((one) => one.metric === metric);
  return {
    title: TITLES[metric] ?? rule?.title ?? metric,
    unit: rule === undefined ? unitIn(metric) : (UNITS[rule.unit] ?? ''),
    isFloor: rule?.bands.some(({ below }) => below !== undefined) === true,
  };
}
