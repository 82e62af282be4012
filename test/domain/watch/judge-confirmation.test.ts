import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeConfirmation, type WatchedBack } from '../../../src/domain/watch/judge-confirmation.ts';

const NEEDED = 900_000;
const good: WatchedBack = {
  ...{ verdict: 'healthy', calmMs: NEEDED, neededMs: NEEDED, watchedMs: NEEDED, isStopped: false },
};
const judge = (over: Partial<WatchedBack>) => judgeConfirmation({ ...good, ...over });

describe('E-22, RBX-6.5: what real traffic says of the version that a rollback brought back', () => {
  it('is confirmed after fifteen good minutes', () => {
    expect(judge({})).toEqual({
      outcome: 'confirmed',
      said: '15 min of real traffic, nothing above its limit',
    });
  });

  it('is confirmed by a watch whose first answers took a moment, and says how long it has seen', () => {
    const said = '14 min 51 s of real traffic, nothing above its limit';
    expect(judge({ calmMs: NEEDED - 9000 })).toEqual({ outcome: 'confirmed', said });
    expect(judge({ calmMs: NEEDED - 31_000 }).outcome).toBe('unconfirmed');
  });

  it.each([
    [{ watchedMs: 600_000, calmMs: 600_000 }, 'left', 'watched for 10 min of 15 min'],
    [{ isStopped: true, watchedMs: 300_000 }, 'left', 'watched for 5 min of 15 min'],
    [{ calmMs: 540_000 }, 'unconfirmed', 'good for the last 9 min only, not for 15 min'],
    [{ verdict: 'inconclusive' }, 'unconfirmed', 'not enough was measured to say'],
    [
      { verdict: 'inconclusive', unknown: ['job-lag'] },
      'unconfirmed',
      'not enough was measured to say; not known: job-lag',
    ],
    [{ verdict: 'evaluate' }, 'unconfirmed', 'something is above its limit: people have to decide'],
    [{ doubt: 'another version is live: v9.0.0' }, 'unconfirmed', 'another version is live: v9.0.0'],
    [{ verdict: 'rollback', isStopped: true, watchedMs: 1 }, 'refuted', 'a rule calls for a rollback'],
  ] as const)('is not at %j', (over, outcome, said) => {
    expect(judge(over)).toEqual({ outcome, said });
  });

  it('is never confirmed by anything but a whole, healthy and undoubted watch', () => {
    const watched = fc.record({
      verdict: fc.constantFrom('healthy', 'evaluate', 'rollback', 'inconclusive'),
      calmMs: fc.integer({ min: 0, max: 2 * NEEDED }),
      watchedMs: fc.integer({ min: 0, max: 2 * NEEDED }),
      neededMs: fc.constant(NEEDED),
      isStopped: fc.boolean(),
      doubt: fc.option(fc.constant('two versions answer'), { nil: undefined }),
    });
    fc.assert(
      fc.property(watched, (one) => {
        const isWhole = one.calmMs >= NEEDED - 30_000 && one.watchedMs >= NEEDED && !one.isStopped;
        const isGood = one.verdict === 'healthy' && one.doubt === undefined && isWhole;
        expect(judgeConfirmation(one as WatchedBack).outcome === 'confirmed').toBe(isGood);
      }),
    );
  });
});
