import { type FailureCode, isReleaseError } from '../../domain/failure.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';

/** Answers, and silences, that only say that nobody can tell what runs. */
const NOT_SAID: readonly FailureCode[] = ['E_APP_DOWN', 'E_HEALTH_SHAPE', 'E_NETWORK', 'E_ANSWER_TOO_LARGE'];

/**
 * What runs, for a rollback: a broken application that says nothing usable must not hold up its own way back.
 * Undefined when nobody can tell. Throws E_WRONG_APP, which is a mistake of the configuration.
 */
export async function askLive({ configured, services, env }: Wired): Promise<LiveVersion | undefined> {
  if (!configured.has('host')) return undefined;
  try {
    return await services.host.liveVersion(env);
  } catch (error) {
    if (NOT_SAID.some((code) => isReleaseError(error, code))) return undefined;
    throw error;
  }
}
