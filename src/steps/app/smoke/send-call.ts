import { findWrong, type Wrong } from '../../../domain/smoke/expect-answer.ts';
import type { Sample } from '../../../domain/smoke/sample.ts';
import { ReleaseError } from '../../../kit.ts';
import type { WebAnswer } from '../../../services/web/port.ts';
import type { Call, Sending } from './call.ts';
import { findUnknown, type Known } from './fill.ts';
import { expectationOf, requestOf } from './make-request.ts';

/** Placeholders of a call that nothing is known for: the earlier call that gives them failed. */
export const findMissing = (call: Call, known: Known): string[] => [
  ...new Set(
    findUnknown(
      [call.path, call.headers, call.json, call.fields].map((part) => JSON.stringify(part) ?? '').join(' '),
      known,
    ),
  ),
];

interface Sent {
  readonly answer?: WebAnswer;
  readonly sample: Sample;
  /** The request left and nobody knows whether it arrived. */
  readonly isLost?: boolean;
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && /no answer in time/.test(error.message);

const wrongOf = (error: unknown): Wrong => ({
  wrong: error instanceof Error ? error.message : 'no answer',
  error: isTimeout(error) ? 'timeout' : 'connection',
});

/** Sends one call once and compares. No answer is a wrong answer that took for ever (benchmarks T6). */
export async function sendCall(call: Call, sending: Sending): Promise<Sent> {
  const { services, env, signal, known, timeoutMs } = sending;
  const patience = timeoutMs === undefined ? {} : { timeoutMs };
  try {
    const answer = await services.web.request(env, { ...requestOf(call, sending), ...patience, signal });
    const sample = { tookMs: answer.tookMs, ...findWrong(answer, expectationOf(call, known)) };
    return { answer, sample };
  } catch (error) {
    if (signal.aborted) throw error;
    const isLost = error instanceof ReleaseError && error.text.state === 'unclear';
    return { sample: { tookMs: Number.POSITIVE_INFINITY, ...wrongOf(error) }, isLost };
  }
}
