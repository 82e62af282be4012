import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAreas } from '../../../src/domain/drift/compare-areas.ts';
import type { DriftArea } from '../../../src/domain/drift/drift-state.ts';

// Names that an object has by itself are in it on purpose.
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', 'A'),
);
const entries = fc.dictionary(name, fc.constantFrom('', 'x', 'y'), { maxKeys: 12 });
const area = entries.map((one) => Object.fromEntries(Object.entries(one)) as DriftArea);
const without = (of: DriftArea, key: string): DriftArea =>
  Object.fromEntries(Object.entries(of).filter(([one]) => one !== key));
const withOne = (of: DriftArea, key: string, value: string): DriftArea =>
  Object.fromEntries([...Object.entries(without(of, key)), [key, value]]);
const compare = (before: DriftArea, now: DriftArea, required: readonly string[] = []) =>
  compareAreas('secret', before, now, required);

describe('comparing a set-up with the accepted one', () => {
  it('DRF-04: finds nothing between a set-up and itself', () => {
    fc.assert(fc.property(area, (one) => compare(one, one).length === 0));
  });

  it('DRF-04: reports a single change exactly once, whatever else is there', () => {
    fc.assert(
      fc.property(area, name, fc.constantFrom('', 'x', 'y'), (one, key, value) => {
        const before = without(one, key);
        expect(compare(before, withOne(one, key, value))).toEqual([
          { kind: 'secret', key, op: 'added', required: false, to: value },
        ]);
        expect(compare(withOne(one, key, value), before)).toEqual([
          { kind: 'secret', key, op: 'removed', required: false, from: value },
        ]);
        expect(compare(withOne(one, key, value), withOne(one, key, 'other'))).toEqual([
          { kind: 'secret', key, op: 'changed', required: false, from: value, to: 'other' },
        ]);
      }),
    );
  });

  it('DRF-04: gives the same answer in whatever order the names were read', () => {
    const shuffled = area.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc
          .shuffledSubarray(Object.entries(one), { minLength: Object.keys(one).length })
          .map(Object.fromEntries),
      ),
    );
    fc.assert(
      fc.property(shuffled, area, ([one, other], now) => {
        expect(compare(other as DriftArea, now)).toEqual(compare(one, now));
        expect(compare(now, other as DriftArea)).toEqual(compare(now, one));
      }),
    );
  });

  it('E-64: DATABASE_URL_STAGING does not stand for DATABASE_URL', () => {
    const now = { DATABASE_URL_STAGING: '', MY_DATABASE_URL: '' };
    const changes = compare({ DATABASE_URL: '', ...now }, now, ['DATABASE_URL']);
    expect(changes).toEqual([
      { kind: 'secret', key: 'DATABASE_URL', op: 'removed', required: true, from: '' },
    ]);
  });

  it('DRF-02: a required name that is missing is a change also when the baseline never had it', () => {
    const changes = compare({}, {}, ['JWT_SECRET', 'NEON_API_KEY']);
    expect(changes.map(({ key, op, required }) => `${op} ${key} ${required}`)).toEqual([
      'removed JWT_SECRET true',
      'removed NEON_API_KEY true',
    ]);
  });

  it('DRF-02: a required name that came back is no change', () => {
    expect(compare({}, { JWT_SECRET: '' }, ['JWT_SECRET'])).toEqual([]);
  });
});
