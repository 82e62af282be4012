const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;

/** The first of these values that is a full commit id; reports name one in different places. */
export const commitIn = (values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && SHA.test(value))?.toLowerCase();

/** A moment that cannot be misread: a date with a time and a zone. A local time could be half a day off. */
export function momentIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
