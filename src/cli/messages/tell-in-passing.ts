import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { openSignal } from '../../engine/open-signal.ts';

/** Whoever takes a lock or an incident over is in a hurry: so long they wait for Slack, and no longer. */
const PATIENCE_MS = seconds(3);

const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/**
 * Waits three seconds at most for a message to go out, and never throws: nothing that is wrong with it may keep somebody from what they
 * have taken. `what` as in "the takeover". Gives what is to be said of what was not told.
 */
export async function tellInPassing(
  what: string,
  telling: Promise<readonly string[]>,
  clock: Clock,
): Promise<readonly string[]> {
  const own = openSignal();
  const late = clock
    .sleep(PATIENCE_MS, own.signal)
    .then(() => [`Slack has not answered for 3 s: nobody may have been told of ${what}.`]);
  late.catch(() => undefined);
  const told = telling.catch((error: unknown) => [
    `${upperFirst(what)} was not announced. ${isReleaseError(error) ? error.text.what : String(error)}`,
  ]);
  const warnings = await Promise.race([told, late]);
  own.end();
  return warnings;
}
