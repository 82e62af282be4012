import type { Runbook } from '../config/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { Secrets } from '../domain/secrets.ts';

/** What every adapter is built from. One adapter serves all environments; the calls name theirs. */
export interface Surroundings {
  readonly runbook: Runbook;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Folder of runbook.config.yaml; relative paths start here. */
  readonly root: string;
  /** The platform's fetch, or one that knows the configured proxy. */
  readonly fetch: typeof globalThis.fetch;
  /** The proxy on the way to an address; undefined for the direct way. */
  readonly proxyOf: (address: string) => string | undefined;
}
