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

/** The runbook with one more key in its n-th map, and where that key then stands. */
function plant(nth: number, key: string) {
  maps[nth]?.add({ key, value: 'anything' });
  const text = document.toString({ lineWidth: 0 });
  maps[nth]?.delete(key);
  const before = text.slice(0, text.indexOf(key)).split('\n');
  return { text, line: before.length, col: (before.at(-1) ?? '').length + 1 };
}

const anyMap = fc.nat({ max: maps.length - 1 });
const anyKey = fc.stringMatching(/^[a-z]{3,12}$/).map((key) => `zq${key}`);

describe('keys that nobody knows', () => {
  it('are told at their exact place, wherever they stand, and as the only problem', () => {
    fc.assert(
      fc.property(anyMap, anyKey, (nth, key) => {
        const { text, line, col } = plant(nth, key);
        const { problems } = checkText(FILE, text);
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatchObject({ line, col, width: key.length, severity: 'error' });
        expect(problems[0]?.message).toContain(`unknown key "${key}"`);
      }),
      { numRuns: 80 },
    );
  });

  it('are free when they begin with x-, wherever they stand', () => {
    fc.assert(
      fc.property(anyMap, anyKey, (nth, key) => {
        expect(checkText(FILE, plant(nth, `x-${key}`).text).problems).toEqual([]);
      }),
      { numRuns: 40 },
    );
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
