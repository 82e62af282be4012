import type { Clock } from '../domain/clock.ts';
import { seconds } from '../domain/duration.ts';
import { type CallEffect, type CallFailure, isBusy } from './call-failure.ts';

/** One try of a call. */
export type Attempt<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly failure: CallFailure };

// The right to act is checked before the first try. A request that waited longer than this could leave after a
// successor has already looked for it and found nothing (reliability 4.1, F53).
const LONGEST_WAIT = seconds(12);
const BUSY_PAUSES = [seconds(1), seconds(2), seconds(4), seconds(5)];
const NETWORK_PAUSES = [500, seconds(1)];

function pausesFor(failure: CallFailure, effect: CallEffect): readonly number[] {
  if (isBusy(failure)) return BUSY_PAUSES;
  if (failure.kind === 'not-sent') return NETWORK_PAUSES;
  // A write whose answer is missing may have happened: its caller looks first, nobody sends again blindly.
  if (effect === 'write') return [];
  return failure.kind === 'refused' && failure.status < 500 ? [] : NETWORK_PAUSES;
}

/** Milliseconds until the next try after `tries` failed ones; undefined when there is none. */
export function pauseBeforeRetry(
  failure: CallFailure,
  effect: CallEffect,
  tries: number,
  waited: number,
): number | undefined {
  const planned = pausesFor(failure, effect)[tries - 1];
  if (planned === undefined) return undefined;
  const asked = failure.kind === 'refused' ? failure.retryAfterMs : undefined;
  const pause = asked ?? planned;
  return waited + pause > LONGEST_WAIT ? undefined : pause;
}

/**
 * Tries as often as the table allows; the last answer or failure is returned, never thrown. `isOurs` leaves out what
 * a client library repeats by itself already.
 */
export async function callPatiently<T>(
  clock: Clock,
  effect: CallEffect,
  tryOnce: () => Promise<Attempt<T>>,
  isOurs: (failure: CallFailure) => boolean = () => true,
): Promise<Attempt<T>> {
  let waited = 0;
  for (let tries = 1; ; tries += 1) {
    const attempt = await tryOnce();
    if (attempt.ok || !isOurs(attempt.failure)) return attempt;
    const pause = pauseBeforeRetry(attempt.failure, effect, tries, waited);
    if (pause === undefined) return attempt;
    waited += pause;
    await clock.sleep(pause);
  }
}

/** Milliseconds that a Retry-After header asks for, given in seconds or as a date; undefined when it says nothing. */
export function readRetryAfter(header: unknown, now: Date): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const given = Number(header);
  if (Number.isFinite(given)) return given < 0 ? undefined : seconds(given);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
