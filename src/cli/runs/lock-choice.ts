import { ReleaseError } from '../../domain/failure.ts';
import { parseDuration } from '../../domain/parse-duration.ts';
import type { CommandOptions } from '../command.ts';

/** How a command means to come by the lock of its environment. */
export interface LockChoice {
  /** Why the lock is taken from a holder who may still live; undefined: it is not taken from anybody. */
  readonly takeover?: string;
  /** Milliseconds to wait for a holder at most. */
  readonly waitMs: number;
}

const badWait = (wait: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--wait ${wait} is no duration.`,
    next: 'Write a number with s, m, h or d, like 15m.',
    state: 'untouched',
  });

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--takeover needs a reason.',
    why: 'The lock is taken from somebody who may be at work; everybody must be able to read why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

const both = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--wait and --takeover are two ways to come by the same lock.',
    next: 'Wait for the holder, or take the lock; leave the other flag out.',
    state: 'untouched',
  });

/** Reads --wait, --takeover and --reason. Throws E_FLAG_VALUE, E_FLAG_REFUSED or E_REASON_MISSING (exit 2). */
export function readLockChoice({ wait, takeover, reason }: CommandOptions): LockChoice {
  const waitMs = typeof wait === 'string' ? parseDuration(wait) : 0;
  if (waitMs === undefined) throw badWait(String(wait));
  if (takeover !== true) return { waitMs };
  if (waitMs > 0) throw both();
  const why = typeof reason === 'string' ? reason.trim() : '';
  if (why === '') throw noReason();
  return { takeover: why, waitMs };
}
