import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';

/** Slack took nothing and says when to come back. */
export class RateLimited extends Error {
  readonly afterSeconds: number;

  constructor(afterSeconds: number) {
    super('rate limited');
    this.afterSeconds = afterSeconds;
  }
}

// The right to act is checked before the first try and lasts longer than this, so that a message that waited its
// turn still leaves within the time a successor lets pass before it looks for it (reliability 4.2, F53).
const LONGEST_WAIT = seconds(10);
const MOST_TRIES = 3;

/** Sends, and sends again as often as Slack asks for patience; throws RateLimited when the patience is used up. */
export async function sendPatiently<T>(clock: Clock, send: () => Promise<T>): Promise<T> {
  let waited = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      waited += seconds(error.afterSeconds);
      if (tries === MOST_TRIES || waited > LONGEST_WAIT) throw error;
      await clock.sleep(seconds(error.afterSeconds));
    }
  }
}
