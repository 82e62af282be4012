import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { MigrationOrder } from './port.ts';

const LONGEST_PAUSE = seconds(8);

/**
 * Tries again when a lock was not free: waiting long for it instead would make everybody who comes later wait behind
 * us. Only what left nothing behind is tried again, unless `leavesNothing` knows better.
 */
export async function withLockTries<T>(
  clock: Clock,
  { lockTries }: Pick<MigrationOrder, 'lockTries'>,
  attempt: () => Promise<T>,
  leavesNothing = false,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isLock =
        isReleaseError(error, 'E_DB_LOCKED') && (leavesNothing || error.text.state === 'untouched');
      if (!isLock || tries >= lockTries) throw error;
      await clock.sleep(Math.min(seconds(2 ** (tries - 1)), LONGEST_PAUSE));
    }
  }
}
