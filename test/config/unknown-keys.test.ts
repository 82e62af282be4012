import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { checkText } from '../../src/config/load.ts';
import { shapesAt } from '../../src/config/shape.ts';

const TEXT = readFileSync('runbook.config.yaml', 'utf8');
const FILE = 'runbook.config.yaml';

const nameOf = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

/** Every map of a document whose keys are ours to know: nothing under x-, no request body, no list of names. */
function listMaps(node: unknown, path: readonly PropertyKey[] = []): YAMLMap[] {
  if (isSeq(node)) return node.items.flatMap((item, i) => listMaps(item, [...path, i]));
  if (!isMap(node)) return [];
  const below = node.items.flatMap((pair) => {
    const name = nameOf(pair.key);
    return name.startsWith('x-') ? [] : listMaps(pair.value, [...path, name]);
  });
  return shapesAt(path).some((shape) => shape.properties) ? [node, ...below] : below;
}

const document = parseDocument(TEXT, { merge: true });
const maps = listMaps(document.contents);

/** The runbook with one more key in each of these maps, and where those keys then stand. */
function plant(keys: readonly (readonly [map: number, key: string])[]) {
  for (const [map, key] of keys) maps[map]?.add({ key, value: 'anything' });
  const text = document.toString({ lineWidth: 0 });
  for (const [map, key] of keys) maps[map]?.delete(key);
  const places = keys.map(([, key]) => {
    const before = text.slice(0, text.indexOf(`${key}:`)).split('\n');
    return { key, line: before.length, col: (before.at(-1) ?? '').length + 1 };
  });
  return { text, places };
}

// To read the whole runbook is what takes long, so that some maps are looked at together.
const someMaps = fc.uniqueArray(fc.nat({ max: maps.length - 1 }), { minLength: 1, maxLength: 12 });
const anyWord = fc.stringMatching(/^[a-z]{3,12}$/);
/** A key for each of some maps, no two alike. */
const anyKeys = fc
  .tuple(someMaps, anyWord)
  .map(([chosen, word]) => chosen.map((map) => [map, `zq${map}${word}`] as const));

const byPlace = (one: { line: number; col: number }, other: { line: number; col: number }): number =>
  one.line - other.line || one.col - other.col;

describe('keys that nobody knows', () => {
  it('are told at their exact place, wherever they stand, and as the only problems', () => {
    fc.assert(
      fc.property(anyKeys, (keys) => {
        const { text, places } = plant(keys);
        const problems = [...checkText(FILE, text).problems].sort(byPlace);
        expect(problems).toMatchObject(
          places.sort(byPlace).map(({ key, ...place }) => ({
            ...{ ...place, width: key.length, severity: 'error' },
            message: expect.stringContaining(`unknown key "${key}"`),
          })),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('are free when they begin with x-, wherever they stand', () => {
    const all = maps.map((_, map) => [map, `x-zq${map}`] as const);
    expect(checkText(FILE, plant(all).text).problems).toEqual([]);
  });

  it('looks into every section of the runbook', () => {
    expect(maps.length).toBeGreaterThan(150);
  });

  it('leaves a request body as it is, also its keys that begin with x-', () => {
    const text = TEXT.replace('json: { priceId:', 'json: { x-note: kept, priceId:');
    const { runbook, problems } = checkText(FILE, text);
    expect(problems).toEqual([]);
    const call = runbook?.smoke?.calls.find((one) => one.id === 'checkout');
    expect(call?.json).toEqual({ 'x-note': 'kept', priceId: '{checkoutPrice}' });
  });
});
