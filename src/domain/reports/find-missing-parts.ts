import type { E2eReport } from './scenario.ts';

const numbersTo = (total: number): readonly number[] => Array.from({ length: total }, (_, i) => i + 1);

/** What is missing of a run that was split over machines: `2, 3 of 4`; undefined when every part is there. */
export function findMissingParts(reports: readonly Pick<E2eReport, 'part'>[]): string | undefined {
  const parts = reports.flatMap(({ part }) => part ?? []);
  const total = Math.max(0, ...parts.map((part) => part.total));
  const missing = numbersTo(total).filter((n) => !parts.some(({ current }) => current === n));
  return missing.length === 0 ? undefined : `${missing.join(', ')} of ${total}`;
}
