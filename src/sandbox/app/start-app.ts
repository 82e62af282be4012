import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { makeMishaps } from './behaviour.ts';
import { readBuild } from './build.ts';
import { openPool, requireSchema } from './database.ts';
import { runWorker } from './exports/run-worker.ts';
import { openFlags } from './flags.ts';
import { answerRequest } from './http/answer-request.ts';
import { routes } from './routes.ts';
import type { AppSettings } from './settings.ts';

export interface RunningApp {
  readonly port: number;
  readonly url: string;
  /** Ends requests in good order, or cuts them after two seconds; resolves when port and sessions are free. */
  close(): Promise<void>;
}

const GRACE_MS = 2_000;

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

async function serve(app: App): Promise<RunningApp> {
  // Short, because a body that is refused for its length is read to its end and thrown away.
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    void answerRequest(app, routes, request, response);
  });
  await listen(server, app.settings.port);
  const { port } = server.address() as AddressInfo;
  const worker = runWorker(app);
  const close = async (): Promise<void> => {
    await closeServer(server);
    await worker.stop();
    await app.pool.end();
  };
  return { port, url: `http://127.0.0.1:${port}`, close };
}

/**
 * Starts the application of the sandbox: the build of a checkout over a real database, on loopback. Throws in one line
 * when the build cannot start, its database is not there or not migrated, or the port is taken.
 */
export async function startApp(settings: AppSettings): Promise<RunningApp> {
  const build = await readBuild(settings.root);
  const pool = openPool(settings.databaseUrl, build);
  const flags = openFlags(settings.flagsFile);
  try {
    await requireSchema(pool, build);
    return await serve({ settings, build, pool, flags, nextMishap: makeMishaps(build.behaviour) });
  } catch (error) {
    await pool.end();
    throw error;
  }
}
