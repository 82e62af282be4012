import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEffect, CallFailure } from '../../src/services/call-failure.ts';
import { type Attempt, callPatiently, pauseBeforeRetry, readRetryAfter } from '../../src/services/retry.ts';
import { makeInstantClock } from '../support/slack-surroundings.ts';

const refused = (status: number, retryAfterMs?: number): CallFailure => ({
  kind: 'refused',
  status,
  said: '',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const notSent: CallFailure = { kind: 'not-sent', why: 'ECONNREFUSED' };
const lost: CallFailure = { kind: 'lost', why: 'ECONNRESET' };
const garbled: CallFailure = { kind: 'garbled', status: 200 };

/** Pauses of a call that fails in the same way every time. */
async function pausesOf(failure: CallFailure, effect: CallEffect): Promise<readonly number[]> {
  const { clock, slept } = makeInstantClock();
  await callPatiently(clock, effect, async () => ({ ok: false, failure }));
  return slept;
}

const NETWORK = [500, 1000];
const BUSY = [1000, 2000, 4000, 5000];

describe('repeating a call', () => {
  it.each([
    ['refused connection', notSent, NETWORK, NETWORK, NETWORK],
    ['lost answer', lost, NETWORK, NETWORK, []],
    ['answer of somebody else', garbled, NETWORK, NETWORK, []],
    ['HTTP 500', refused(500), NETWORK, NETWORK, []],
    ['HTTP 502', refused(502), NETWORK, NETWORK, []],
    ['HTTP 423', refused(423), BUSY, BUSY, BUSY],
    ['HTTP 429', refused(429), BUSY, BUSY, BUSY],
    ['HTTP 503', refused(503), BUSY, BUSY, BUSY],
    ['HTTP 400', refused(400), [], [], []],
    ['HTTP 401', refused(401), [], [], []],
    ['HTTP 404', refused(404), [], [], []],
  ] as const)('follows the table after %s', async (_, failure, read, repeatable, write) => {
    expect(await pausesOf(failure, 'read')).toEqual(read);
    expect(await pausesOf(failure, 'repeatable')).toEqual(repeatable);
    expect(await pausesOf(failure, 'write')).toEqual(write);
  });

  it('F53: waits as long as the vendor asks, but never more than twelve seconds in all', async () => {
    expect(await pausesOf(refused(429, 3000), 'write')).toEqual([3000, 3000, 3000, 3000]);
    expect(await pausesOf(refused(429, 7000), 'write')).toEqual([7000]);
    expect(await pausesOf(refused(429, 60_000), 'write')).toEqual([]);
    expect(await pausesOf(refused(429, 0), 'read')).toEqual([0, 0, 0, 0]);
  });

  it('F53: keeps within that limit whatever the vendor asks for', () => {
    const asked = fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined });
    fc.assert(
      fc.property(asked, fc.constantFrom(423, 429, 503), (ms, status) => {
        let waited = 0;
        for (let tries = 1; tries < 20; tries += 1) {
          const pause = pauseBeforeRetry(refused(status, ms), 'write', tries, waited);
          if (pause === undefined) return waited <= 12_000;
          waited += pause;
        }
        return false;
      }),
    );
  });

  it('returns the first answer, and the last failure when there is none', async () => {
    const { clock } = makeInstantClock();
    const attempts: Attempt<string>[] = [
      { ok: false, failure: lost },
      { ok: true, answer: 'here' },
    ];
    const once = async (): Promise<Attempt<string>> => attempts.shift() ?? { ok: false, failure: garbled };
    expect(await callPatiently(clock, 'read', once)).toEqual({ ok: true, answer: 'here' });
    expect(await callPatiently(clock, 'read', once)).toEqual({ ok: false, failure: garbled });
  });

  it('leaves out what a client repeats by itself', async () => {
    const { clock, slept } = makeInstantClock();
    await callPatiently(
      clock,
      'read',
      async () => ({ ok: false, failure: lost }),
      (one) => one !== lost,
    );
    expect(slept).toEqual([]);
  });

  it.each([
    ['3', 3000],
    ['0', 0],
    ['1.5', 1500],
    ['Wed, 01 Oct 2025 14:00:10 GMT', 10_000],
    ['Wed, 01 Oct 2025 13:00:00 GMT', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [' ', undefined],
    [undefined, undefined],
    [['3'], undefined],
  ])('reads Retry-After %j as %j milliseconds', (header, ms) => {
    expect(readRetryAfter(header, new Date('2025-10-01T14:00:00Z'))).toBe(ms);
  });
});
