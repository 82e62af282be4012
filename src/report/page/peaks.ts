import { findWorst, type Peak } from '../chart/series.ts';
import type { Report } from './report.ts';

/** The worst reading of a metric, and whose it is. */
export interface NamedPeak extends Peak {
  readonly series: string;
}

/** Over everything that was measured; undefined: nothing of that metric was. */
export function findPeak({ measured }: Pick<Report, 'measured'>, metric: string): NamedPeak | undefined {
  const peaks = measured
    .flatMap(({ lines }) => lines)
    .filter((line) => line.metric === metric)
    .flatMap(({ series, stretches }) => {
      const worst = findWorst(stretches);
      return worst === undefined ? [] : [{ ...worst, series }];
    });
  return peaks.reduce<NamedPeak | undefined>((a, b) => (a && a.value >= b.value ? a : b), undefined);
}

/** As many digits as tell two readings apart. */
export const sayNumber = (value: number): string =>
  String(Number(value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2)));

/** `6.2 % on POST /api/pay`; nought is nobody's. */
export const sayPeak = ({ value, series }: NamedPeak, unit: string): string =>
  `${sayNumber(value)} ${unit}${series === 'all' || value === 0 ? '' : ` on ${series}`}`;
