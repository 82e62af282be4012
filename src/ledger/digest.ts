import { hash } from 'node:crypto';
import type { Json } from '../domain/json.ts';

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: Json }).filter(
    ([, v]) => v !== undefined,
  );
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`;
}

/** sha256 of text, in hex. */
export const sha256 = (text: string): string => hash('sha256', text);

/** sha256 over the canonical JSON of a value. */
export const digestOf = (value: Json): string => sha256(canonicalJson(value));
