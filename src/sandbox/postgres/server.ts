import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerUser } from './drop-privileges.ts';
import type { Binaries } from './find-binaries.ts';
import { findFreePort } from './free-port.ts';
import { spawnServer, stopServer, waitUntilReady } from './run-server.ts';
import { makeSettings } from './server-settings.ts';

/** Where a cluster lives and what it runs with. */
export interface Place {
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly password: string;
}

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server on these data; resolves when it takes writes. Without a port it takes a free one. */
export async function openServer(
  { folder, user, binaries }: Omit<Place, 'password'>,
  data: string,
  options: { readonly port?: number; readonly settings: Readonly<Record<string, string>> },
): Promise<RunningServer> {
  const port = options.port ?? (await findFreePort());
  const version = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
  const settings = makeSettings(version, { ...options.settings, port: String(port) });
  const order = { binaries, user, data, log: join(folder, 'log'), settings };
  const child = spawnServer(order);
  try {
    await waitUntilReady(child, order);
  } catch (error) {
    await stopServer(child);
    throw error;
  }
  return { port, stop: () => stopServer(child) };
}
