import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { inspect } from 'node:util';
import { runbookSchema } from '../../src/config/schema/index.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import { findProxy } from '../../src/services/proxy.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';

/** What the web and metrics adapters are built from; staging is at `url`. */
export function makeWebSurroundings(
  url: string,
  over: { readonly fetch?: typeof globalThis.fetch; readonly metrics?: Record<string, unknown> } = {},
): Surroundings {
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const environments = { staging: { url }, production: { url: 'https://rur2.example' } };
  return {
    runbook: runbookSchema.parse({
      ...head,
      environments,
      ...(over.metrics ? { metrics: over.metrics } : {}),
    }),
    secrets: { read: () => 'canary-metrics-token', has: () => true, learn: () => {} },
    clock: { now: () => new Date('2025-10-01T14:00:00Z'), monotonic: () => 0, sleep: async () => {} },
    root: '/',
    fetch: over.fetch ?? (() => Promise.reject(new Error('no proxy applies, so fetch is not used'))),
    proxyOf: (address) => findProxy(process.env, address),
  };
}

export const listen = (server: NetServer): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const closeHttp = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A real HTTP server for one test; it is gone when `use` is over. */
export async function withApp<T>(answer: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  const port = await listen(server);
  try {
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    await closeHttp(server);
  }
}

export async function failureOf(work: Promise<unknown>): Promise<ReleaseError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReleaseError) return error;
  throw new Error(`a ReleaseError was expected, got ${inspect(error)}`);
}
