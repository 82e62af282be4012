import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAreas } from '../../../src/domain/drift/compare-areas.ts';
import { explainSchema, findMoves } from '../../../src/domain/drift/explain-schema.ts';

describe('what a release did to the schema itself', () => {
  const accepted = { 'table a': '1', 'table b': '1' };
  const released = { 'table a': '2', 'table b': '1', 'table c': '1' };
  const moves = findMoves(accepted, released);

  it('E-64: is explained by it, and needs nothing from a person', () => {
    const { explained, open } = explainSchema(accepted, released, [moves]);
    expect(explained.map(({ key }) => key)).toEqual(['table a', 'table c']);
    expect(open).toEqual([]);
  });

  it('E-64: is not taken for what somebody changed by hand afterwards', () => {
    const now = { ...released, 'table a': '3', 'table b': '9' };
    const { explained, open } = explainSchema(accepted, now, [moves]);
    expect(explained.map(({ key }) => key)).toEqual(['table c']);
    expect(open.map(({ key }) => key)).toEqual(['table a', 'table b']);
  });

  it('E-64: does not launder what somebody changed by hand before it', () => {
    const byHand = { ...accepted, 'table b': '9' };
    const after = { ...released, 'table b': '9' };
    const { open } = explainSchema(accepted, after, [findMoves(byHand, after)]);
    expect(open.map(({ key }) => key)).toEqual(['table b']);
  });

  it('E-64: is followed from release to release, also back again', () => {
    const back = findMoves(released, accepted);
    expect(explainSchema(accepted, accepted, [moves, back])).toEqual({ explained: [], open: [] });
    const again = explainSchema(accepted, released, [moves, back, moves]);
    expect(again.open).toEqual([]);
  });

  it('E-64: is reported when a hand took it back, although the schema is then as it was accepted', () => {
    const { explained, open } = explainSchema(accepted, accepted, [moves]);
    expect(explained).toEqual([]);
    expect(open.map(({ key, op }) => [key, op])).toEqual([
      ['table a', 'changed'],
      ['table c', 'removed'],
    ]);
  });

  it('E-64: explains or leaves open every change, each once', () => {
    const area = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'));
    fc.assert(
      fc.property(area, area, fc.array(fc.tuple(area, area), { maxLength: 3 }), (before, now, runs) => {
        const releases = runs.map(([from, to]) => findMoves({ ...from }, { ...to }));
        const { explained, open } = explainSchema({ ...before }, { ...now }, releases);
        const told = [...explained, ...open].map(({ key }) => key);
        const changed = compareAreas('schema', { ...before }, { ...now }).map(({ key }) => key);
        expect(new Set(told).size).toBe(told.length);
        expect(told).toEqual(expect.arrayContaining(changed));
        expect(explainSchema({ ...before }, { ...now }, []).explained).toEqual([]);
      }),
    );
  });
});
