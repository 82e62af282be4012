import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSuccess, type Looked, type LookVerdict } from '../../../src/domain/week/judge-success.ts';
import { listLooks } from '../../../src/domain/week/list-looks.ts';

const needed = listLooks(2, 48).filter((hour) => hour <= 48);
const look = (hour: number, verdict: LookVerdict = 'clean', said = ''): Looked => ({
  ...{ hour, verdict, said, level: verdict === 'above' ? 'P2' : 'ok' },
});
const clean = needed.map((hour) => look(hour));
const but = (...others: readonly Looked[]): Looked[] =>
  clean.map((one) => others.find(({ hour }) => hour === one.hour) ?? one);

describe('SUC-08: a successful release', () => {
  it('E-116: had every needed hour looked at and clean', () => {
    expect(judgeSuccess(needed, clean, [])).toEqual({ state: 'proven' });
    expect(judgeSuccess(needed, clean.slice(0, -1), [])).toEqual({ state: 'proving', clean: 45, needed: 46 });
  });

  it('is none with one hour of which nothing is known, and says which', () => {
    expect(judgeSuccess(needed, but(look(17, 'unknown', 'not measured: p95-ms')), [])).toEqual({
      ...{ state: 'not', why: ['hour 17 unknown: not measured: p95-ms'] },
    });
    const missed = but(
      look(5, 'missed'),
      look(6, 'missed'),
      look(7, 'missed'),
      look(9, 'above', 'pool-percent'),
    );
    expect(judgeSuccess(needed, missed, [])).toEqual({
      ...{ state: 'not', why: ['hours 5 to 7 missed', 'hour 9 P2: pool-percent'] },
    });
  });

  it('is none with a P0 or P1, also where every hour was clean', () => {
    expect(judgeSuccess(needed, clean, ['P1 declared'])).toEqual({ state: 'not', why: ['P1 declared'] });
  });

  it('takes a look of later days into account only when it saw a P0 or P1', () => {
    expect(judgeSuccess(needed, [...clean, look(72, 'missed')], [])).toEqual({ state: 'proven' });
    const worse: Looked = { ...look(72, 'above', 'failed-probes'), level: 'P0' };
    expect(judgeSuccess(needed, [...clean, worse], [])).toMatchObject({ why: ['hour 72 P0: failed-probes'] });
  });

  it('is proven if and only if all that is needed is clean, whatever the looks are', () => {
    const verdicts = fc.constantFrom<(LookVerdict | 'none')[]>(
      'clean',
      'clean',
      'above',
      'unknown',
      'missed',
      'none',
    );
    const hours = fc.array(verdicts, { minLength: needed.length, maxLength: needed.length });
    fc.assert(
      fc.property(hours, fc.boolean(), (told, trouble) => {
        const looks = told.flatMap((verdict, i) =>
          verdict === 'none' ? [] : [look(needed[i] ?? 0, verdict)],
        );
        const { state } = judgeSuccess(needed, looks, trouble ? ['P0 declared'] : []);
        const isBad = trouble || told.some((one) => one !== 'clean' && one !== 'none');
        expect(state).toBe(isBad ? 'not' : told.includes('none') ? 'proving' : 'proven');
      }),
    );
  });
});
