import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSameSecret } from '../access/same-secret.ts';
import type { App } from '../app.ts';
import type { AppAnswer } from './exchange.ts';
import { Problem } from './problem.ts';
import { readBody } from './read-body.ts';
import { type AppRoute, type FoundRoute, findRoute } from './route.ts';

const BYPASS_HEADER = 'x-maintenance-bypass';

/** What a request whose path no route knows is counted under: a fixed word, so that scanners make no new rows. */
const UNKNOWN = 'unknown';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// 503 and not 200 with a page: Stripe delivers again after it (E-83), and no cache keeps it.
const maintenance: AppAnswer = {
  status: 503,
  json: { maintenance: true, error: 'maintenance' },
  headers: { 'retry-after': '120' },
};

function isClosed(app: App, request: IncomingMessage, route: AppRoute | undefined): boolean {
  if (route?.alwaysOpen === true || !app.flags.read().maintenance) return false;
  return !isSameSecret(String(request.headers[BYPASS_HEADER] ?? ''), app.settings.bypass);
}

async function handle(app: App, request: IncomingMessage, found: FoundRoute | undefined): Promise<AppAnswer> {
  if (isClosed(app, request, found?.route)) return maintenance;
  if (found === undefined) throw new Problem(404, 'no such route');
  const { route, params } = found;
  const mishap = app.nextMishap(route.where);
  if (mishap.waitMs > 0) await pause(mishap.waitMs);
  if (mishap.status !== undefined) throw new Problem(mishap.status, 'internal');
  const body = await readBody(request, route.limit);
  return route.handler(app, { params, headers: request.headers, body });
}

/** What went wrong, for the log: a code, because messages of the database may quote what users wrote. */
const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? 'unknown');
};

function answerError(app: App, where: string, error: unknown): AppAnswer {
  if (error instanceof Problem) return { status: error.status, json: { error: error.message } };
  app.settings.say(`${where} failed: ${codeOf(error)}`);
  return { status: 500, json: { error: 'internal' } };
}

function send(response: ServerResponse, answer: AppAnswer, marks: Readonly<Record<string, string>>): void {
  const { status, json, bytes, type = 'application/json', headers } = answer;
  const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': type, 'content-length': String(body.length) }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...marks,
    ...headers,
  });
  response.end(body);
}

/** Answers one request; every answer carries the version and the route, by which the platform measures. */
export async function answerRequest(
  app: App,
  routes: readonly AppRoute[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const found = findRoute(routes, request.method ?? 'GET', path);
  const where = found?.route.where ?? UNKNOWN;
  const answer = await handle(app, request, found).catch((error: unknown) => answerError(app, where, error));
  send(response, answer, { 'x-app-version': app.build.version, 'x-app-route': where });
}
