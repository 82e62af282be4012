import type { Limit, Range } from './limit.ts';

/** A number with its unit, as people write it. */
export function sayNumber(value: number, unit: string): string {
  const digits = String(Math.round(value * 1000) / 1000);
  if (unit === 'x') return `${digits} times the baseline`;
  return unit === '' ? digits : `${digits} ${unit}`;
}

const EDGES = { in: ['at least', 'at most'], out: ['above', 'below'], unstated: ['from', 'to'] } as const;

function sayBounds({ low, high, lowEdge, highEdge }: Range, unit: string): string {
  if (Number.isFinite(low) && Number.isFinite(high))
    return `${EDGES[lowEdge][0]} ${sayNumber(low, unit)} ${EDGES[highEdge][1]} ${sayNumber(high, unit)}`;
  return Number.isFinite(low)
    ? `${EDGES[lowEdge][0]} ${sayNumber(low, unit)}`
    : `${EDGES[highEdge][1]} ${sayNumber(high, unit)}`;
}

/** `below 1 %` */
export const sayRange = ({ range, unit }: Pick<Limit, 'range' | 'unit'>): string => sayBounds(range, unit);
