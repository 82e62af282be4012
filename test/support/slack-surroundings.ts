import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';

export const BOT_TOKEN = 'xoxb-1111-canary-token-2222';
export const HOOK_PATH = '/services/T000/B000/canaryHookSecret';

/** A clock whose sleeps take no time and are noted. */
export function makeInstantClock(now: () => Date = () => new Date('2025-10-01T14:00:00Z')) {
  const slept: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms);
  };
  const clock: Clock = { now, monotonic: () => 0, sleep };
  return { clock, slept };
}

interface Wanted {
  /** Address of the stand-in. */
  readonly url: string;
  readonly clock: Clock;
  readonly root?: string;
  readonly timeoutSeconds?: number;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly mail?: Record<string, unknown>;
}

/** What the Slack and mail adapters are built from, with two bot channels and one webhook. */
export function makeSurroundings({
  url,
  clock,
  root = '/',
  timeoutSeconds = 5,
  secrets,
  mail,
}: Wanted): Surroundings {
  const values: Readonly<Record<string, string>> = {
    $TOKEN: BOT_TOKEN,
    $HOOK: `${url}${HOOK_PATH}`,
    ...secrets,
  };
  const slack = {
    apiUrl: `${url}/api/`,
    botToken: '$TOKEN',
    timeoutSeconds,
    channels: {
      releases: { id: 'C0RELEASES' },
      incidents: { id: 'C0INCIDENTS' },
      engineering: { webhook: '$HOOK' },
    },
    routes: {},
  };
  const environments = { production: { url: 'https://rur2.example' } };
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  return {
    runbook: runbookSchema.parse({ ...head, environments, services: { slack, ...(mail ? { mail } : {}) } }),
    secrets: { read: (name) => values[name] ?? '', has: (name) => name in values, learn: () => {} },
    clock,
    root,
    fetch: globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}
