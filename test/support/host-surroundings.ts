import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';

/** A clock on which only sleeping takes time, and hardly any of ours: deadlines are counted in questions. */
function makeSleepingClock(start = new Date('2025-10-01T14:00:00Z')): Clock {
  let passed = 0;
  return {
    now: () => new Date(start.getTime() + passed),
    monotonic: () => passed,
    sleep: async (ms, signal) => {
      await new Promise((resolve) => setTimeout(resolve, 4));
      signal?.throwIfAborted();
      passed += ms;
    },
  };
}

interface Wanted {
  readonly url: string;
  readonly host?: Record<string, unknown>;
  readonly identity?: string;
  readonly github?: string;
  readonly clock?: Clock;
  readonly environment?: Record<string, unknown>;
  readonly environments?: Record<string, unknown>;
}

/** What the host adapter is built from; production is at `url`. */
export function makeHostSurroundings({
  url,
  host,
  identity,
  github,
  clock = makeSleepingClock(),
  environment,
  environments,
}: Wanted): Surroundings {
  const production = { url, ...(host ? { host } : {}), ...(identity ? { identity } : {}), ...environment };
  const vendor = { apiUrl: github, repository: 'rur2/rur2', token: '$GITHUB_TOKEN' };
  return {
    runbook: runbookSchema.parse({
      service: 'rur2',
      product: 'RuR2',
      timezone: 'America/New_York',
      environments: { production, ...environments },
      services: github ? { github: vendor } : {},
    }),
    secrets: { read: () => 'canary-github-token', has: () => true, learn: () => {} },
    clock,
    root: process.cwd(),
    fetch: globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}
