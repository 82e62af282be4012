import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAreas } from '../../../src/domain/drift/compare-areas.ts';
import { explainSchema, findMoves } from '../../../src/domain/drift/explain-schema.ts';

const changesOf = (before: Record<string, string>, now: Record<string, string>) =>
  compareAreas('schema', before, now);

describe('what a release did to the schema itself', () => {
  const accepted = { 'table a': '1', 'table b': '1' };
  const released = { 'table a': '2', 'table b': '1', 'table c': '1' };
  const moves = findMoves(accepted, released);

  it('E-64: is explained by it, and needs nothing from a person', () => {
    const { explained, open } = explainSchema(changesOf(accepted, released), [moves]);
    expect(explained.map(({ key }) => key)).toEqual(['table a', 'table c']);
    expect(open).toEqual([]);
  });

  it('E-64: is not taken for what somebody changed by hand afterwards', () => {
    const now = { ...released, 'table a': '3', 'table b': '9' };
    const { explained, open } = explainSchema(changesOf(accepted, now), [moves]);
    expect(explained.map(({ key }) => key)).toEqual(['table c']);
    expect(open.map(({ key }) => key)).toEqual(['table a', 'table b']);
  });

  it('E-64: does not launder what somebody changed by hand before it', () => {
    const byHand = { ...accepted, 'table b': '9' };
    const after = { ...released, 'table b': '9' };
    const { open } = explainSchema(changesOf(accepted, after), [findMoves(byHand, after)]);
    expect(open.map(({ key }) => key)).toEqual(['table b']);
  });

  it('E-64: is followed from release to release, also back again', () => {
    const back = findMoves(released, accepted);
    expect(explainSchema(changesOf(accepted, accepted), [moves, back])).toEqual({ explained: [], open: [] });
    const again = explainSchema(changesOf(accepted, released), [moves, back, moves]);
    expect(again.open).toEqual([]);
  });

  it('E-64: explains or leaves open every change, each once', () => {
    const area = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3'));
    fc.assert(
      fc.property(area, area, fc.array(fc.tuple(area, area), { maxLength: 3 }), (before, now, runs) => {
        const changes = changesOf({ ...before }, { ...now });
        const { explained, open } = explainSchema(
          changes,
          runs.map(([from, to]) => findMoves({ ...from }, { ...to })),
        );
        expect([...explained, ...open].map(({ key }) => key).sort()).toEqual(changes.map(({ key }) => key));
        expect(explainSchema(changes, []).explained).toEqual([]);
      }),
    );
  });
});
