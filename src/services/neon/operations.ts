import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import type { StateAfter } from '../../domain/failure.ts';
import type { AskNeon } from './client.ts';
import { operationFailed } from './refusals.ts';
import { type NeonOperation, operationAnswer } from './shapes.ts';

/** How to wait for what Neon has accepted. */
export interface Waiting {
  readonly ask: AskNeon;
  readonly clock: Clock;
  readonly project: string;
  /** What was asked for, after "to". */
  readonly doing: string;
  readonly deadlineSeconds: number;
  readonly pollSeconds: number;
  /** What an end without success means for the world. */
  readonly stateAfter: StateAfter;
}

/** `failed` is not here: Neon may try again by itself. */
const DONE = new Set(['finished', 'skipped']);

/** Pauses grow from half of `pollSeconds` to two and a half times of it: 1 s to 5 s for the default. */
function nextPause(pollSeconds: number, polls: number): number {
  const factor = Math.min(0.5 * 1.5 ** polls, 2.5);
  return Math.round(seconds(pollSeconds) * factor);
}

/** Asks `isOver` until it says yes; returns false when the deadline passed first. Asks at least once. */
export async function pollUntil(
  { clock, pollSeconds, deadlineSeconds }: Pick<Waiting, 'clock' | 'pollSeconds' | 'deadlineSeconds'>,
  isOver: () => Promise<boolean>,
): Promise<boolean> {
  const deadline = clock.monotonic() + seconds(deadlineSeconds);
  for (let polls = 0; ; polls += 1) {
    if (await isOver()) return true;
    if (clock.monotonic() >= deadline) return false;
    await clock.sleep(nextPause(pollSeconds, polls));
  }
}

/**
 * Resolves when every operation is finished or skipped. Throws E_NEON_OPERATION for a cancelled one at once, and for
 * a failed or stuck one at the deadline.
 */
export async function waitForOperations(waiting: Waiting, started: readonly NeonOperation[]): Promise<void> {
  let open = started.filter(({ status }) => !DONE.has(status));
  const isOver = async (): Promise<boolean> => {
    open = (await Promise.all(open.map(({ id }) => readOperation(waiting, id)))).filter(
      ({ status }) => !DONE.has(status),
    );
    const cancelled = open.find(({ status }) => status === 'cancelled');
    if (cancelled)
      throw operationFailed(waiting.doing, cancelled, 'Somebody cancelled it.', waiting.stateAfter);
    return open.length === 0;
  };
  if (await pollUntil(waiting, isOver)) return;
  const [late] = open;
  if (late === undefined) return;
  const because = `It was not finished after ${waiting.deadlineSeconds} s (failures: ${late.failures_count}).`;
  throw operationFailed(waiting.doing, late, because, waiting.stateAfter);
}

const readOperation = async ({ ask, project }: Waiting, id: string): Promise<NeonOperation> => {
  const { operation } = await ask({
    doing: 'tell how an operation stands',
    effect: 'read',
    project,
    shape: operationAnswer,
    send: (api, params) => api.getProjectOperation(project, id, params),
  });
  return operation;
};
