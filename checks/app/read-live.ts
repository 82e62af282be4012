import { isReleaseError } from '../../src/domain/failure.ts';
import type { Services } from '../../src/kit.ts';
import type { LiveVersion } from '../../src/services/host/port.ts';

/** What the application says of itself, or in words that it says nothing. */
export type Seen = { readonly live: LiveVersion } | { readonly down: string };

/** A refused connection is an answer to whether something runs, not a failure to ask. Throws every other failure. */
export async function readLive(host: Services['host'], env: string): Promise<Seen> {
  try {
    return { live: await host.liveVersion(env) };
  } catch (error) {
    if (isReleaseError(error, 'E_APP_DOWN')) return { down: error.text.what };
    throw error;
  }
}
