import { isReleaseError } from '../../domain/failure.ts';
import { findByName } from './branches.ts';
import type { NeonRoom } from './room.ts';
import type { NeonBranch } from './shapes.ts';

/** How often to look for what a request without an answer may have made, and how long between. */
const LOOKS = 4;
const PAUSE_MS = 1500;

/**
 * Sends a request that makes a branch of this name. When its answer is lost, looks for the branch instead of sending
 * again (apis.md 1.2): returns the answer, or the branch that was found. When neither is there the error stays
 * 'unclear', so that the run settles and inspects before it tries again.
 */
export async function sendOrFind<T>(
  { ask, target, surroundings }: NeonRoom,
  name: string,
  send: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly found: NeonBranch }> {
  try {
    return { answer: await send() };
  } catch (error) {
    if (!isReleaseError(error) || error.text.state !== 'unclear') throw error;
    for (let look = 0; look < LOOKS; look += 1) {
      await surroundings.clock.sleep(PAUSE_MS);
      const found = await findByName(ask, target.project, name).catch(() => undefined);
      if (found !== undefined) return { found };
    }
    throw error;
  }
}
