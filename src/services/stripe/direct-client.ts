import type Stripe from 'stripe';
import { withDeadline } from '../web/deadline.ts';
import type { RawAnswer } from '../web/read-answer.ts';
import { makeDirectSender } from '../web/send-direct.ts';

type StripeConfig = NonNullable<ConstructorParameters<typeof Stripe>[1]>;
type HttpClient = NonNullable<StripeConfig['httpClient']>;
type HttpAnswer = Awaited<ReturnType<HttpClient['makeRequest']>>;
type Headers = Readonly<Record<string, string | number | string[]>>;

const flatten = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const makeResponse = (raw: RawAnswer): HttpAnswer => ({
  getStatusCode: () => raw.status,
  getHeaders: () => ({ ...raw.headers }),
  getRawResponse: () => raw,
  toStream: () => {
    throw new TypeError('no call of ours asks for a stream');
  },
  toJSON: async () => JSON.parse(new TextDecoder().decode(raw.bytes)),
});

/**
 * The SDK's requests by node:http(s), as the application's own are sent: loading the platform's fetch costs more than a
 * whole short answer (benchmarks, finding 4). Follows no redirect, reads `most` bytes at most and ends at the SDK's
 * timeout, whose code (ETIMEDOUT) is also ours.
 */
export function makeDirectClient(most: number): HttpClient {
  const send = makeDirectSender();
  return {
    getClientName: () => 'node',
    makeRequest: async (host, port, path, method, headers, data, protocol, timeout) => {
      const url = new URL(`${protocol}://${host}:${port}${path}`);
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const body = data || hasBody ? { body: Buffer.from(data) } : {};
      const outgoing = { url, method, headers: flatten(headers as Headers), ...body };
      return makeResponse(
        await withDeadline(timeout, undefined, (signal) => send(outgoing, { signal, most })),
      );
    },
  };
}
