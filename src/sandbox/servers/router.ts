import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer, listen } from './listen.ts';

/** A request as a stand-in sees it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** `:name` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What a stand-in answers. `hang` never answers; `drop` cuts the connection, after the effect. */
export type Answer =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hang'
  | 'drop';

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** A call and what it was answered, as those who compare both with a vendor's description see them. */
export interface Exchange {
  readonly call: Call;
  readonly answer: Answer;
}

/** A scripted fault: the next `times` calls that match are answered so. `after: true` lets the effect happen first. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  readonly times: number;
  readonly answer: Answer;
  readonly after?: boolean;
}

export interface StandIn {
  readonly url: string;
  readonly port: number;
  /** Every call so far, oldest first: what contract tests count. */
  readonly calls: readonly { readonly method: string; readonly path: string }[];
  /** Gives every exchange from now on to `take`; what a scripted fault answers is none. */
  witness(take: (exchange: Exchange) => void): void;
  addFault(fault: Fault): void;
  /** From now on every call is answered as it should be. */
  forgetFaults(): void;
  close(): Promise<void>;
}

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handler: Handler;
}

/** `GET /api/v2/projects/:project` and its handler. */
export function route(where: string, handler: Handler): Route {
  const [method = 'GET', path = '/'] = where.split(' ');
  const names = [...path.matchAll(/:(\w+)/g)].map((m) => m[1] ?? '');
  const pattern = new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '([^/]+)')}$`);
  return { method, pattern, names, handler };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === 'drop') {
    response.destroy();
    return;
  }
  const type = answer.json === undefined ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
  response.end(answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json));
}

function findRoute(routes: readonly Route[], method: string, path: string) {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (match) {
      const params = Object.fromEntries(
        candidate.names.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]),
      );
      return { handler: candidate.handler, params };
    }
  }
  return undefined;
}

function takeFault(faults: Fault[], method: string, path: string): Fault | undefined {
  const index = faults.findIndex((f) => f.path.test(path) && (f.method ?? method) === method && f.times > 0);
  const found = faults[index];
  if (found === undefined) return undefined;
  faults[index] = { ...found, times: found.times - 1 };
  return found;
}

interface Options {
  readonly port?: number;
  readonly before?: (call: Call) => Answer | undefined;
  readonly missing?: Handler;
}

async function readCall(request: IncomingMessage, params: Call['params']): Promise<Call> {
  const { pathname, searchParams } = addressOf(request);
  const { method = 'GET', headers } = request;
  return { method, path: pathname, query: searchParams, params, headers, body: await readBody(request) };
}

const addressOf = ({ url }: IncomingMessage): URL => new URL(url ?? '/', 'http://stand-in');

/** What a stand-in has seen, and what is to go wrong. */
class Desk {
  readonly calls: { method: string; path: string }[] = [];
  readonly faults: Fault[] = [];
  readonly witnesses: ((exchange: Exchange) => void)[] = [];
  private readonly routes: readonly Route[];
  private readonly options: Options;

  constructor(routes: readonly Route[], options: Options) {
    this.routes = routes;
    this.options = options;
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    const { pathname: path } = addressOf(request);
    const { method = 'GET' } = request;
    this.calls.push({ method, path });
    const found = findRoute(this.routes, method, path);
    const call = await readCall(request, found?.params ?? {});
    const fault = takeFault(this.faults, method, path);
    if (fault && fault.after !== true) return fault.answer;
    const { before, missing = () => ({ status: 404, json: { message: 'not found' } }) } = this.options;
    const answer = before?.(call) ?? (await (found?.handler ?? missing)(call));
    for (const take of this.witnesses) take({ call, answer });
    return fault?.answer ?? answer;
  }
}

/**
 * Starts a stand-in on loopback. `before` sees every call first (checks of keys, rate limits) and may answer it.
 * Port 0 takes a free one.
 */
export async function startStandIn(routes: readonly Route[], options: Options = {}): Promise<StandIn> {
  const seen = new Desk(routes, options);
  const server = createServer((request, response) => {
    seen.answer(request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, { status: 500, json: { message: String(error) } }),
    );
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    calls: seen.calls,
    witness: (take) => void seen.witnesses.push(take),
    addFault: (fault) => void seen.faults.push(fault),
    forgetFaults: () => void seen.faults.splice(0),
    close: () => closeServer(server),
  };
}
