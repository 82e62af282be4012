import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { steps } from '../../src/steps/index.ts';

/** Files under src/steps that define steps, with the ids that stand in them. */
const defined = readdirSync('src/steps', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join('src/steps', path), 'utf8') }))
  .filter(({ text }) => /\bdefineStep[<(]/.test(text))
  .map(({ path, text }) => ({
    path,
    ids: [...text.matchAll(/\bid: '([a-z-]+\.[a-z-]+)'/g)].map((m) => m[1]),
  }));

describe('the list of steps', () => {
  it('holds every step that a file defines, so that a resumed run finds it', () => {
    expect(defined.length).toBeGreaterThan(10);
    expect(defined.filter(({ ids }) => ids.length === 0)).toEqual([]);
    expect(defined.flatMap(({ ids }) => ids).sort()).toEqual(steps.map(({ id }) => id).sort());
  });

  it('names each of them once, room first, the room being its folder', () => {
    const ids = steps.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    for (const { path, ids: own } of defined)
      for (const id of own) expect(`${id?.split('.')[0]}/`).toBe(path.slice(0, path.indexOf('/') + 1));
  });

  it('lets none be without a way to end a doubt about it', () => {
    for (const { id, effect, inspect, onDoubt } of steps) {
      if (effect === 'probeable') expect(inspect, id).toBeTypeOf('function');
      if (effect === 'unprobeable') expect(onDoubt, id).toBeDefined();
    }
  });

  it('gives every step a whole definition number and a time limit', () => {
    for (const { id, def, timeoutMs, settleMs } of steps) {
      expect(Number.isInteger(def) && def >= 1, id).toBe(true);
      expect(timeoutMs, id).toBeGreaterThan(0);
      expect(settleMs, id).toBeGreaterThanOrEqual(0);
    }
  });
});
