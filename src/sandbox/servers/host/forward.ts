import { type ClientRequest, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import type { Build } from './build.ts';
import { BAD_GATEWAY } from './page.ts';

/** How a request ended; no status when its sender went away before an answer began. */
export interface Ended {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** Changes the body of an answer that is small and of JSON; undefined lets it stream through. */
type Rewrite = ((body: Buffer) => Buffer) | undefined;

/** Headers that belong to one connection and not to the message. */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'te', 'trailer']);

const withoutConnection = (headers: IncomingMessage['headers']): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)));

/** The edge's own answer when no build gives one. */
export function answerBadGateway(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(BAD_GATEWAY);
}

async function rewriteBody(
  answer: IncomingMessage,
  response: ServerResponse,
  rewrite: (b: Buffer) => Buffer,
) {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  const body = rewrite(Buffer.concat(parts));
  const { 'transfer-encoding': _, ...headers } = withoutConnection(answer.headers);
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length });
  response.end(body);
}

function passOn(answer: IncomingMessage, response: ServerResponse, rewrite: Rewrite): void {
  if (rewrite !== undefined) {
    rewriteBody(answer, response, rewrite).catch(() => answerBadGateway(response));
    return;
  }
  response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
  answer.pipe(response);
  answer.once('error', () => response.destroy());
}

const openTo = (build: Build, request: IncomingMessage): ClientRequest =>
  open({
    host: '127.0.0.1',
    port: build.port,
    agent: build.agent,
    method: request.method,
    path: request.url,
    headers: {
      ...withoutConnection(request.headers),
      'x-forwarded-host': request.headers.host ?? '',
      'x-forwarded-proto': 'http',
    },
  });

/** Sends a request to a build and its answer back, both as streams; resolves when the answer has ended or broken. */
export function forward(
  build: Build,
  request: IncomingMessage,
  response: ServerResponse,
  rewrite: Rewrite,
): Promise<Ended> {
  if (response.destroyed) return Promise.resolve({ status: undefined, headers: {} });
  const onward = openTo(build, request);
  let seen: IncomingMessage | undefined;
  const ended = new Promise<Ended>((resolve) => {
    response.once('close', () => {
      onward.destroy();
      const status = response.headersSent ? response.statusCode : undefined;
      resolve({ status, headers: seen?.headers ?? {} });
    });
  });
  onward.once('response', (answer) => {
    seen = answer;
    passOn(answer, response, rewrite);
  });
  onward.once('error', () => answerBadGateway(response));
  // At once, also when the body takes its time: the build may answer before it has all of it.
  onward.flushHeaders();
  request.pipe(onward);
  return ended;
}
