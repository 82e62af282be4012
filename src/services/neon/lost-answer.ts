import type { Clock } from '../../domain/clock.ts';
import { isReleaseError } from '../../domain/failure.ts';

/** How often to look for what a request without an answer may have made, and how long between. */
const LOOKS = 4;
const PAUSE_MS = 1500;

/**
 * Sends a request that makes something which was not there. When its answer is lost, looks for the thing instead of
 * sending again: returns the answer, or what was found. When neither is there the error stays 'unclear', so that the
 * run settles and inspects before it tries again.
 *
 * It looks after a refusal as well, once: a gateway may say 503 of a request that went through, and the one that
 * repeats it is refused because of the first (423, 409). "Nothing was done" would then be untrue.
 */
export async function sendOrFind<Answer, Thing>(
  clock: Clock,
  find: () => Promise<Thing | undefined>,
  send: () => Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly found: Thing }> {
  try {
    return { answer: await send() };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const isLost = error.text.state === 'unclear';
    for (let look = 0; look < (isLost ? LOOKS : 1); look += 1) {
      if (isLost) await clock.sleep(PAUSE_MS);
      const found = await find().catch(() => undefined);
      if (found !== undefined) return { found };
    }
    throw error;
  }
}
