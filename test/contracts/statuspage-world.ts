import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runbookSchema } from '../../src/config/schema/index.ts';
import { type StatusPageOptions, startStatusPage } from '../../src/sandbox/servers/statuspage/start.ts';
import { makeStatusPage } from '../../src/services/statuspage/real.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';

export const KEY = 'statuspageCanaryKey0001';

interface Over {
  readonly root?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly slept?: number[];
}

/** What the adapter is built from; `page` is the part of the configuration. */
export function makePageSurroundings(page: object, over: Over = {}): Surroundings {
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const production = { url: 'https://rur2.example', statusPage: page };
  const values: Readonly<Record<string, string>> = { $STATUS_KEY: KEY, ...over.secrets };
  return {
    runbook: runbookSchema.parse({
      ...head,
      environments: { production, staging: { url: 'https://staging.rur2.example' } },
    }),
    secrets: { read: (name) => values[name] ?? '', has: () => true, learn: () => {} },
    clock: {
      now: () => new Date('2026-11-24T15:00:00Z'),
      monotonic: () => 0,
      sleep: async (ms) => void over.slept?.push(ms),
    },
    root: over.root ?? '/',
    fetch: globalThis.fetch,
    proxyOf: () => undefined,
  };
}

/** The adapter and the wire server that it speaks to. */
export async function openStatusPage(
  { settings = {}, ...options }: Partial<StatusPageOptions> & { settings?: object } = {},
  over: Over = {},
) {
  const components = [{ id: 'c1', name: 'Application' }];
  const server = await startStatusPage({ page: 'p1', key: KEY, components, ...options });
  const configured = { kind: 'atlassian', apiUrl: `${server.url}/v1/`, page: 'p1', key: '$STATUS_KEY' };
  const page = makeStatusPage(
    makePageSurroundings({ ...configured, components: ['c1'], timeoutSeconds: 0.5, ...settings }, over),
  );
  return { server, page };
}

/** A folder of its own, and what removes it. */
export function makeRoot(): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'release-status-page-'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
