import { seconds } from '../../domain/duration.ts';
import type { Surroundings } from '../surroundings.ts';
import { findAddresses } from './addresses.ts';
import { readCertificate } from './certificate.ts';
import { withDeadline } from './deadline.ts';
import { makeMeasure } from './measure/make-measure.ts';
import type { WebAnswer, WebPort, WebRequest } from './port.ts';
import { prepareRequest } from './prepare-request.ts';
import { readAnswer, TooLarge } from './read-answer.ts';
import { answerTooLarge, noAnswer, noEnvironment } from './refusals.ts';
import { sendByFetch } from './send-by-fetch.ts';
import { makeDirectSender, type Sending } from './send-direct.ts';

/** Longest wait for a whole answer; a request may bring its own. */
const PATIENCE_MS = seconds(10);
/** No answer that a release asks for comes near this (F57). */
const LARGEST_ANSWER = 20_000_000;

/** The application's own HTTP, TLS and DNS. Throws E_APP_DOWN, E_NETWORK, E_ANSWER_TOO_LARGE and E_WEB_REQUEST. */
export function makeWeb(surroundings: Surroundings): WebPort {
  const { runbook, fetch, proxyOf } = surroundings;
  const sendDirect = makeDirectSender();

  const baseOf = (env: string): URL => {
    const environment = Object.hasOwn(runbook.environments, env) ? runbook.environments[env] : undefined;
    if (environment === undefined) throw noEnvironment(env);
    return new URL(environment.url);
  };

  const request = async (env: string, asked: WebRequest): Promise<WebAnswer> => {
    const outgoing = prepareRequest(baseOf(env), asked);
    const { url, method } = outgoing;
    const byProxy = proxyOf(url.href) !== undefined;
    // The real time, also where the sandbox's clock runs faster: this is how long the application really took.
    let start = 0;
    const most = Math.min(asked.maxBytes ?? LARGEST_ANSWER, LARGEST_ANSWER);
    const send = async (signal: AbortSignal): Promise<WebAnswer> => {
      // A client that is being loaded in this moment would count as the application's time (benchmarks 2.2).
      await new Promise(setImmediate);
      const sending: Sending = { signal, most };
      start = performance.now();
      const raw = await (byProxy ? sendByFetch(fetch, outgoing, sending) : sendDirect(outgoing, sending));
      return readAnswer(raw, performance.now() - start);
    };
    try {
      return await withDeadline(asked.timeoutMs ?? PATIENCE_MS, asked.signal, send);
    } catch (error) {
      if (asked.signal?.aborted) throw error;
      if (error instanceof TooLarge) throw answerTooLarge({ url, method, byProxy }, most);
      throw noAnswer({ url, method, byProxy }, error);
    }
  };

  return {
    request,
    measure: makeMeasure({ baseOf, sendDirect, patienceMs: PATIENCE_MS }, surroundings),
    certificate: async (env) => readCertificate(baseOf(env)),
    addresses: async (env) => findAddresses(baseOf(env)),
  };
}
