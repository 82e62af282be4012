import { expect, it } from 'vitest';
import { sayStrays } from '../../src/domain/say-strays.ts';

it('MIG-07: says that no object can be named where fingerprints alone tell two schemas apart', () => {
  expect(sayStrays([], [], 'production')).toBe(
    'its fingerprint is not that of the rehearsal, and no object can be named; look for two of one name',
  );
});

it('MIG-07: names the first five, and says of what no migration touches that it was another hand', () => {
  const one = (n: number) => ({ kind: 'table', name: `t${n}`, left: 'plain' }) as const;
  const said = sayStrays([1, 2, 3, 4, 5, 6].map(one), [one(1)], 'production');
  expect(said).toContain('table t1 only in production; table t2 only in production (no migration touches it');
  expect(said).toMatch(/and 1 more$/);
});
