import type { Outgoing } from './prepare-request.ts';
import { collect, type RawAnswer } from './read-answer.ts';
import type { Sending } from './send-direct.ts';

/** Sends by the fetch that knows the proxy. A redirect is an answer here too (T25). */
export async function sendByFetch(
  fetch: typeof globalThis.fetch,
  { url, method, headers, body }: Outgoing,
  { signal, most }: Sending,
): Promise<RawAnswer> {
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal,
    ...(body === undefined ? {} : { body }),
  });
  const bytes = answer.body === null ? new Uint8Array() : await collect(answer.body, most);
  return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes };
}
