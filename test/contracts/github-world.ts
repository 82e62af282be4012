import { runbookSchema } from '../../src/config/schema/index.ts';
import { type GithubOptions, startGithub } from '../../src/sandbox/servers/github/start.ts';
import type { Exchange } from '../../src/sandbox/servers/router.ts';
import { makeGithub } from '../../src/services/github/real.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';

export const TOKEN = 'ghp_canaryTokenOfTheRelease0001';
/** Everything that any of these worlds was asked and answered. */
export const exchanges: Exchange[] = [];

export const REPOSITORY = 'rur2/app';

/** What the GitHub adapter is built from. */
export function makeGithubSurroundings(
  url: string,
  over: Partial<Pick<Surroundings, 'clock' | 'fetch'>> & { token?: string; timeoutSeconds?: number } = {},
): Surroundings {
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const environments = { production: { url: 'https://rur2.example' } };
  const { timeoutSeconds = 5, token = TOKEN } = over;
  const github = { apiUrl: `${url}/`, repository: REPOSITORY, token: '$GITHUB_TOKEN', timeoutSeconds };
  return {
    runbook: runbookSchema.parse({ ...head, environments, services: { github } }),
    secrets: { read: () => token, has: () => true, learn: () => {} },
    clock: over.clock ?? { now: () => new Date(), monotonic: () => 0, sleep: async () => {} },
    root: '/',
    fetch: over.fetch ?? globalThis.fetch,
    proxyOf: (address) => findProxy(process.env, address),
  };
}

/** A stand-in whose time moves only by `passTime` and by the adapter's own pauses. */
export async function openGithub(options: Partial<GithubOptions> = {}) {
  let passed = 0;
  const slept: number[] = [];
  const server = await startGithub({
    repository: REPOSITORY,
    token: TOKEN,
    elapsed: () => passed,
    ...options,
  });
  server.witness((exchange) => exchanges.push(exchange));
  const clock = {
    now: () => new Date(),
    monotonic: () => passed,
    sleep: async (ms: number) => {
      slept.push(ms);
      passed += ms;
    },
  };
  const passTime = async (ms = 60_000): Promise<void> => {
    passed += ms;
    // Real effects of the runs settle in the turns that follow.
    await new Promise((done) => setImmediate(done));
  };
  const adapterWith = (over: Parameters<typeof makeGithubSurroundings>[1] = {}) =>
    makeGithub(makeGithubSurroundings(server.url, { clock, ...over }));
  return { server, slept, passTime, adapterWith, github: adapterWith() };
}
