import { describe, expect, it } from 'vitest';
import type { Tally } from '../../../src/domain/watch/tally.ts';
import { judgeLook, type Seen } from '../../../src/domain/week/judge-look.ts';

const TALLY: Tally = {
  ...{
    samples: 300,
    from: 0,
    since: 0,
    to: 1,
    level: 'ok',
    worst: 'ok',
    isOpen: false,
    isDoubted: false,
    silent: undefined,
  },
  ...{ rolledBack: undefined, decision3: undefined, decision4: undefined },
};
const judge = (tally: Partial<Tally>, seen: Partial<Seen> = {}) =>
  judgeLook({
    ...{ unknown: [], fired: [], building: [], other: undefined },
    ...seen,
    tally: { ...TALLY, ...tally },
  });

describe('one look after a watch', () => {
  it('V24-01: is clean when everything is known and nothing above P3 fired', () => {
    expect(judge({})).toEqual({ verdict: 'clean', level: 'ok', said: '' });
    expect(judge({ worst: 'P3', level: 'P3' })).toMatchObject({ verdict: 'clean', level: 'P3' });
  });

  it.each([
    ['a rule is not measured', {}, { unknown: ['p95-ms'] }, 'not measured: p95-ms'],
    [
      'another version is live',
      {},
      { other: 'another version is live: v2.2.0' },
      'another version is live: v2.2.0',
    ],
    [
      'something builds up',
      { isOpen: true },
      { building: ['pool-percent'] },
      'still building up: pool-percent',
    ],
    ['it has hardly measured anything', { samples: 12 }, {}, 'too little was measured'],
  ])('SUC-08: is unknown, and never clean, when %s', (_, tally, seen, said) => {
    expect(judge(tally, seen)).toEqual({ verdict: 'unknown', level: 'ok', said });
  });

  it.each(['hold', 'P2', 'P1', 'P0'] as const)(
    'is above its limits at %s, also when it is over by the end',
    (worst) => {
      const seen = { fired: ['pool-percent'], unknown: ['p95-ms'], other: 'another version is live' };
      expect(judge({ worst, level: 'ok' }, seen)).toEqual({
        verdict: 'above',
        level: worst,
        said: 'pool-percent',
      });
    },
  );
});
