import {
  request as askPlain,
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
} from 'node:http';
import { request as askByTls, Agent as TlsAgent } from 'node:https';
import { makeLookUp } from './look-up.ts';
import type { Outgoing } from './prepare-request.ts';
import { collect, type RawAnswer, TooLarge } from './read-answer.ts';

/** How a request is sent. `signal` cuts it off; `most` is the largest body in bytes. */
export interface Sending {
  readonly signal: AbortSignal;
  readonly most: number;
  /** Told when a new connection is ready, and when the answer begins. */
  readonly onMark?: (mark: 'connected' | 'first-byte') => void;
  /** Told when a kept connection was just being closed, so that the request is sent once more. */
  readonly onStale?: () => void;
  /** The request changes nothing, so that it may be sent twice; default for a GET. */
  readonly isSafe?: boolean;
}

type Agents = { readonly plain: PlainAgent; readonly tls: TlsAgent };

// Shorter than the five seconds after which most servers close an idle connection: a request that meets the close on
// its way fails through no fault of the application (benchmarks T4).
const IDLE_MS = 2000;

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string | string[]] => pair[1] !== undefined,
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name, [value].flat().join(', ')]));
}

async function readRest(answer: IncomingMessage, most: number): Promise<RawAnswer> {
  if (Number(answer.headers['content-length'] ?? 0) > most) {
    answer.destroy();
    throw new TooLarge();
  }
  const bytes = await collect(answer as AsyncIterable<Buffer>, most);
  return { status: answer.statusCode ?? 0, headers: flatten(answer.headers), bytes };
}

const tellMarks = (request: ClientRequest, { onMark }: Sending): void => {
  if (onMark === undefined) return;
  request.once('response', () => onMark('first-byte'));
  request.once('socket', (socket) => {
    if (request.reusedSocket) return;
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => onMark('connected'));
  });
};

const waitForAnswer = (request: ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    // Kept for as long as the request lives: a late error without a listener would end the program.
    request.on('error', reject);
    request.once('response', resolve);
    request.once('close', () => reject(Object.assign(new Error('no answer'), { code: 'ECONNRESET' })));
    request.end(body);
  });

const isStale = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE'].includes(String((error as { code?: unknown }).code));

/**
 * Sends by node:http(s) over kept connections: the first fetch of a process reads 30 ms too slow and needs twice the
 * memory (benchmarks T2, T3). Never follows a redirect. A GET that meets a kept connection which the server was just
 * closing is sent once more over a new one; a write never, for nobody knows whether it arrived (T4).
 */
export function makeDirectSender(lookup = makeLookUp()) {
  const agents: Agents = {
    plain: new PlainAgent({ keepAlive: true, timeout: IDLE_MS }),
    tls: new TlsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };
  const open = (
    { url, method, headers, body }: Outgoing,
    { signal }: Sending,
    isFresh: boolean,
  ): ClientRequest => {
    const isTls = url.protocol === 'https:';
    const length = body === undefined ? {} : { 'content-length': String(body.byteLength) };
    const agent = isFresh ? false : isTls ? agents.tls : agents.plain;
    const how = { method, headers: { ...headers, ...length }, agent, signal, lookup };
    return (isTls ? askByTls : askPlain)(url, how);
  };
  const sendOnce = async (outgoing: Outgoing, sending: Sending, isFresh: boolean): Promise<RawAnswer> => {
    const request = open(outgoing, sending, isFresh);
    tellMarks(request, sending);
    let answer: IncomingMessage;
    try {
      answer = await waitForAnswer(request, outgoing.body);
    } catch (error) {
      const { isSafe = outgoing.method === 'GET', signal } = sending;
      if (!request.reusedSocket || !isSafe || !isStale(error) || signal.aborted) throw error;
      sending.onStale?.();
      return sendOnce(outgoing, sending, true);
    }
    return readRest(answer, sending.most);
  };
  return (outgoing: Outgoing, sending: Sending): Promise<RawAnswer> => sendOnce(outgoing, sending, false);
}
