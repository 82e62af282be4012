import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listen } from '../../src/sandbox/servers/listen.ts';

/** What can be done at a request that changes something, at the three moments around its effect. */
export interface TapWatcher {
  /** It has left the program and has not reached the service yet. */
  onArrival?(): Promise<void>;
  /** The service has done it, and nobody was told. */
  onEffect?(): Promise<void>;
  /** The answer has left towards the program. */
  onAnswer?(): Promise<void>;
}

/** A wire between the program and one service. */
export interface Tap {
  readonly url: string;
  /** One watcher at a time; undefined ends the watching. */
  watch(watcher: TapWatcher | undefined): void;
  close(): Promise<void>;
}

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE'];
/** Slack's Web API asks by POST as well. */
const QUESTION = /\/api\/(conversations|auth|users)\./;

const changes = ({ method = '', url = '' }: IncomingMessage): boolean =>
  CHANGES.includes(method) && !QUESTION.test(url);

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Sends on what came in, whoever sent it may be gone by now. */
const forward = (target: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const options = { method, headers: { ...headers, host: target.host }, agent: false } as const;
    const outgoing = ask(new URL(url, target), options, (answer) => {
      readAll(answer).then((text) => {
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text });
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

function answerWith(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const { 'transfer-encoding': _, connection: __, ...kept } = headers;
  return new Promise((resolve) => {
    response.on('close', () => resolve());
    response.writeHead(status, { ...kept, 'content-length': body.length });
    response.end(body, () => resolve());
  });
}

/** Opens a wire to the service at `target`, an address with or without a path. */
export async function openTap(target: string): Promise<Tap> {
  const to = new URL(target);
  let watcher: TapWatcher | undefined;
  const carry = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    const seenBy = changes(incoming) ? watcher : undefined;
    await seenBy?.onArrival?.();
    const answer = await forward(to, incoming, body);
    await seenBy?.onEffect?.();
    await answerWith(response, answer);
    await seenBy?.onAnswer?.();
  };
  const server = createServer((incoming, response) => {
    // Who was killed has hung up, and a service that is gone answers nobody.
    response.on('error', () => undefined);
    carry(incoming, response).catch(() => response.destroy());
  });
  await listen(server, 0);
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}${to.pathname === '/' ? '' : to.pathname}`,
    watch: (next) => {
      watcher = next;
    },
    close: () => closeServer(server),
  };
}
