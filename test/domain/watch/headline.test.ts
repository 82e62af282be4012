import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineOf, type WatchState } from '../../../src/domain/watch/headline.ts';
import { isWorse, LEVELS, type Level } from '../../../src/domain/watch/rule.ts';
import { sayHeadline } from '../../../src/report/messages/say-headline.ts';

const some = fc.array(fc.constantFrom('error-percent', 'p95-ms', 'own-rule'), { maxLength: 2 });
const states: fc.Arbitrary<WatchState> = fc.record({
  level: fc.constantFrom(...LEVELS),
  ...{ above: some, building: some, unknown: some },
  doubt: fc.option(fc.constant('1 of 3 answers came from v2.0.3'), { nil: null }),
});
const steps = fc.array(fc.constant('Publish 2.1.0'), { maxLength: 1 });

const well: WatchState = { level: 'ok', above: [], building: [], unknown: [], doubt: null };
const state = (more: Partial<WatchState>): WatchState => ({ ...well, ...more });

describe('COM-02b: what a message says first', () => {
  it('is on track only where all is measured and well', () => {
    fc.assert(
      fc.property(steps, fc.option(states, { nil: undefined }), (missing, watch) => {
        const isWell =
          watch?.level === 'ok' &&
          [missing, watch.above, watch.building, watch.unknown].every((list) => list.length === 0) &&
          watch.doubt === null;
        expect(headlineOf(missing, watch) === 'on-track').toBe(isWell);
      }),
    );
  });

  it('never says the words of on track, nor a green sign beside a P0, a P1 or something unknown', () => {
    fc.assert(
      fc.property(steps, states, (missing, watch) => {
        const { state: said, closing } = sayHeadline(missing, watch);
        const isOpen = isWorse(watch.level, 'ok') || watch.unknown.length > 0 || watch.doubt !== null;
        if (isOpen) expect(said).not.toMatch(/on track|✅/i);
        if (isOpen) expect(closing).not.toMatch(/nothing is above/);
        if (isWorse(watch.level, 'P2')) expect(said).toMatch(/^🚨 Critical issue \(P[01]\)/);
      }),
    );
  });

  it('names everything that is missing, above its limit, building up or unknown, and every doubt', () => {
    fc.assert(
      fc.property(steps, states, (missing, watch) => {
        const { state: said } = sayHeadline(missing, watch);
        for (const step of missing) expect(said).toContain(step);
        if (watch.doubt !== null) expect(said).toContain(watch.doubt);
        for (const rule of [...watch.above, ...watch.building, ...watch.unknown])
          expect(said).toContain({ 'error-percent': 'error rate', 'p95-ms': 'p95' }[rule] ?? rule);
      }),
    );
  });

  it.each<[Partial<WatchState>, string]>([
    [{}, '✅ On track'],
    [{ level: 'P3', above: ['error-percent'] }, '⚠️ Minor issue: above a limit: error rate'],
    [{ level: 'hold', above: ['p95-ms'] }, '⚠️ Minor issue: above a limit: p95'],
    [{ building: ['p95-ms'] }, '⚠️ Minor issue: above a limit, not for long enough yet: p95'],
    [
      { level: 'hold', unknown: ['login-failure-percent'] },
      '⚠️ Not known: not measured enough: logins failed',
    ],
    [{ level: 'P2', above: ['p95-ratio'] }, '⚠️ Issue (P2): above a limit: p95-ratio'],
    [
      { level: 'P1', above: ['x'], unknown: ['y'] },
      '🚨 Critical issue (P1): above a limit: x; not measured enough: y',
    ],
  ])('says of %j: %s', (more, said) => {
    expect(sayHeadline([], state(more)).state).toBe(said);
  });

  it('says of a deploy that nobody watches yet what is done, and that nothing is measured', () => {
    expect(sayHeadline([], undefined)).toEqual({
      state: '✅ Every step so far is done; what users meet is not measured yet',
      closing: null,
    });
    expect(sayHeadline(['Publish'], undefined).state).toBe('⚠️ Minor issue: not recorded as done: Publish');
  });

  it.each(LEVELS.map((level): [Level] => [level]))(
    'COM-02f: closes %s with a sentence that agrees',
    (level) => {
      const { closing } = sayHeadline([], state({ level, above: level === 'ok' ? [] : ['x'] }));
      expect(closing).toMatch(
        isWorse(level, 'P2') ? /call for a rollback/ : level === 'ok' ? /nothing is above/ : /watched on/,
      );
    },
  );
});
