import { type Expectation, findWrong, type Wrong } from '../../../domain/smoke/expect-answer.ts';
import { withDeadline } from '../deadline.ts';
import type { Timed } from '../port.ts';
import type { Outgoing } from '../prepare-request.ts';
import { type RawAnswer, readAnswer, TooLarge } from '../read-answer.ts';
import type { Sending } from '../send-direct.ts';

export type Send = (outgoing: Outgoing, sending: Sending) => Promise<RawAnswer>;

/** One lane, ready to be sent. Everything in it can be handed to another thread. */
export interface ReadyLane {
  readonly id: string;
  readonly outgoing: Omit<Outgoing, 'url'> & { readonly url: string };
  readonly expected: Expectation;
  readonly times: number;
  readonly everyMs: number;
  readonly timeoutMs: number;
}

/** One answer with its moments as `performance.now()` tells them. */
export type Marks = Omit<Timed, 'lane' | 'intendedMs' | 'lagMs'>;

const LARGEST_ANSWER = 20_000_000;

const sayLost = (error: unknown, timeoutMs: number): Wrong => {
  const code = String((error as { code?: unknown }).code ?? 'no answer');
  if (error instanceof TooLarge) return { wrong: 'the answer is too large', error: 'body' };
  if (code === 'ETIMEDOUT') return { wrong: `no answer in ${timeoutMs / 1000} s`, error: 'timeout' };
  return { wrong: code, error: 'connection' };
};

/**
 * Sends a lane's call once. The clock stops at the last byte, before anything is compared (benchmarks T5); what does not come
 * is a wrong answer. Rejects only when `signal` aborts.
 */
export async function sendTimed(
  { outgoing, expected, timeoutMs }: ReadyLane,
  send: Send,
  signal: AbortSignal,
  onStale: () => void,
): Promise<Marks> {
  const at: { connected?: number; 'first-byte'?: number } = {};
  const startMs = performance.now();
  const head = { startMs, status: null } as const;
  const marksTo = (endMs: number) => ({
    connectMs: at.connected ?? null,
    firstByteMs: at['first-byte'] ?? null,
    endMs,
    reused: at.connected === undefined && at['first-byte'] !== undefined,
  });
  const onMark = (mark: 'connected' | 'first-byte'): void => {
    at[mark] = performance.now();
  };
  const ready = { ...outgoing, url: new URL(outgoing.url) };
  try {
    const raw = await withDeadline(timeoutMs, signal, (own) =>
      send(ready, { signal: own, most: LARGEST_ANSWER, onMark, onStale, isSafe: true }),
    );
    const marks = marksTo(performance.now());
    return { ...head, ...marks, status: raw.status, ...findWrong(readAnswer(raw, 0), expected) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...head, ...marksTo(performance.now()), ...sayLost(error, timeoutMs) };
  }
}
