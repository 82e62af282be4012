import type { JsonObject } from '../../domain/json.ts';
import { cutAtWord } from '../slack-blocks.ts';

const LONGEST_TITLE = 80;
const LONGEST_TEXT = 160;

const wordsOf = (value: unknown, max: number): string | null =>
  typeof value === 'string' && value.trim() !== '' ? cutAtWord(value.trim(), max) : null;

function readFeature(value: unknown): JsonObject | undefined {
  const { title, text, audience } = (
    typeof value === 'object' ? (value ?? {}) : { title: value }
  ) as JsonObject;
  const said = wordsOf(title, LONGEST_TITLE);
  if (said === null) return undefined;
  return { title: said, text: wordsOf(text, LONGEST_TEXT), audience: wordsOf(audience, LONGEST_TITLE) };
}

const countOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? Math.floor(value) : 0);

const sayFixes = (fixes: number, critical: number): string | null => {
  if (fixes === 0) return null;
  const all = fixes === 1 ? '1 bug fixed' : `${fixes} bugs fixed`;
  return critical === 0 ? all : `${all}, ${critical} of them critical`;
};

/**
 * The features of a release as a message lists them: at most `most`, the rest as a number (ux 3.4). The word
 * "critical" is used only for fixes that were marked so.
 */
export function listFeatures(notes: JsonObject, most: number): JsonObject {
  const given = Array.isArray(notes.features) ? (notes.features as readonly unknown[]) : [];
  const features = given.map(readFeature).filter((one) => one !== undefined);
  const more = features.length - most;
  return {
    features: features.slice(0, most),
    more_features: more > 0 ? `and ${more} more` : null,
    fixes: sayFixes(countOf(notes.fixes), countOf(notes.critical_fixes)),
  };
}

/** Names as one line; `fallback` when there are none. */
export const listNames = (value: unknown, fallback: string | null): string | null =>
  Array.isArray(value) && value.length > 0 ? value.map(String).join(', ') : fallback;
