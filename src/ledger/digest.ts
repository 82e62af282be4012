import { hash } from 'node:crypto';
import type { Json } from '../domain/json.ts';

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const of = value as { readonly [key: string]: Json | undefined };
  let text = '';
  // Every entry of the ledger goes through here: one pass, and no list but that of the keys.
  for (const key of Object.keys(of).sort()) {
    const one = of[key];
    if (one !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(one)}`;
  }
  return `{${text}}`;
}

/** sha256 of text, in hex. */
export const sha256 = (text: string): string => hash('sha256', text);

/** sha256 over the canonical JSON of a value. */
export const digestOf = (value: Json): string => sha256(canonicalJson(value));
