const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;

/** All of these values that are full commit ids, each once. */
export const commitsIn = (values: readonly unknown[]): readonly string[] => [
  ...new Set(values.flatMap((one) => (typeof one === 'string' && SHA.test(one) ? [one.toLowerCase()] : []))),
];

/** The first of these values that is a full commit id; reports name one in different places. */
export const commitIn = (values: readonly unknown[]): string | undefined => commitsIn(values)[0];

/** Said of a report that was put together from runs of different commits: it is about none of them. */
export const MIXED = 'it is put together from runs on different commits';

/** A moment that cannot be misread: a date with a time and a zone. A local time could be half a day off. */
export function momentIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
