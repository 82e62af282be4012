import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { closeServer, listen } from '../listen.ts';
import type { Build } from './build.ts';
import { type EdgeFaults, isSilent, pretend } from './faults.ts';
import { answerBadGateway, type Ended, forward } from './forward.ts';
import { meddle } from './meddle.ts';
import type { Stage } from './stage.ts';
import type { Traffic } from './traffic.ts';

/** An application that sleeps when nobody asks, and needs its time to wake up. */
export interface ColdStart {
  readonly afterIdleMs: number;
  readonly takesMs: number;
}

export interface EdgeGround {
  readonly stage: Stage;
  readonly traffic: Traffic;
  readonly faults: EdgeFaults;
  readonly appToken: string;
  readonly cold: ColdStart | undefined;
  /** Milliseconds of the sandbox's time. */
  readonly now: () => number;
}

interface Edge {
  readonly port: number;
  close(): Promise<void>;
}

const METRICS = '/api/metrics';
const HEALTH = '/health';
const BYPASS = 'x-maintenance-bypass';

const headerOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The address without what differs from one thing to the next, where the application names no route. */
const routeOf = (path: string): string => path.replace(/\/(\d+|[0-9a-f-]{16,})(?=\/|$)/gi, '/:id');

function sendJson(
  response: ServerResponse,
  { status, json }: { readonly status: number; readonly json: object },
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(json));
}

/** The platform's own measurements; `now` tells in which time their minutes are counted. */
function readMetrics(
  { appToken, traffic, faults, now }: EdgeGround,
  { headers, url = '/' }: IncomingMessage,
) {
  if (headers.authorization !== `Bearer ${appToken}`) return { status: 401, json: { error: 'unauthorized' } };
  if (isSilent(faults, now())) return { status: 503, json: { error: 'no measurements' } };
  const said = new URL(url, 'http://edge').searchParams.get('since');
  const since = said === null ? 0 : Date.parse(said);
  if (Number.isNaN(since)) return { status: 400, json: { error: 'since is no moment' } };
  const [at, keptSince] = [now(), traffic.keptSince()].map((ms) => new Date(ms).toISOString());
  return { status: 200, json: { now: at, keptSince, minutes: traffic.since(since) } };
}

/** Counts the request, unless it is one of the release's own. */
function count(
  { traffic }: EdgeGround,
  request: IncomingMessage,
  path: string,
  { status, headers }: Ended,
  tookMs: number,
): void {
  if (request.headers[BYPASS] !== undefined || status === undefined) return;
  const route = headerOf(headers['x-app-route']) ?? routeOf(path);
  traffic.add({ route, version: headerOf(headers['x-app-version']), failed: status >= 500, tookMs });
}

/** Sends the request to the build whose turn it is; resolves when the answer has ended. */
async function answer(
  ground: EdgeGround,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<Ended> {
  const { faults, stage } = ground;
  const build = faults.badGateways > 0 ? undefined : stage.choose();
  if (build === undefined) {
    faults.badGateways = Math.max(0, faults.badGateways - 1);
    answerBadGateway(response);
    request.resume();
    return { status: 502, headers: {} };
  }
  const who = request.headers[BYPASS] === undefined ? 'users' : 'release';
  const { version } = build.order;
  const asked = { route: `${request.method} ${routeOf(path)}`, who, version } as const;
  const suffered = await meddle(ground, request, response, asked);
  if (suffered !== undefined) return suffered;
  return passTo(build, ground, request, response, path);
}

function passTo(
  build: Build,
  { faults }: EdgeGround,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<Ended> {
  build.inFlight += 1;
  const isPretended = faults.pretended !== undefined && path === HEALTH;
  const rewrite = isPretended ? pretend(faults.pretended ?? '') : undefined;
  return forward(build, request, response, rewrite).finally(() => {
    build.inFlight -= 1;
  });
}

/** Waits where the application sleeps; who asks while it wakes up waits as well. */
function makeDoorman(cold: ColdStart | undefined): () => Promise<void> {
  let lastAt = performance.now();
  let waking: Promise<void> | undefined;
  return async () => {
    const idleMs = performance.now() - lastAt;
    lastAt = performance.now();
    if (cold === undefined) return;
    if (idleMs > cold.afterIdleMs) waking ??= wait(cold.takesMs);
    await waking;
    waking = undefined;
    lastAt = performance.now();
  };
}

function makeHandler(
  ground: EdgeGround,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const wakeUp = makeDoorman(ground.cold);
  return async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === METRICS && request.method === 'GET') return sendJson(response, readMetrics(ground, request));
    const start = performance.now();
    await wakeUp();
    count(ground, request, path, await answer(ground, request, response, path), performance.now() - start);
  };
}

/** The public address: passes everything on to the build whose turn it is, and measures what passes. */
export async function startEdge(ground: EdgeGround, port: number): Promise<Edge> {
  const handle = makeHandler(ground);
  const server = createServer((request, response) => {
    handle(request, response).catch(() => answerBadGateway(response));
  });
  await listen(server, port);
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) };
}
