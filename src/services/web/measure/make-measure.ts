import type { Surroundings } from '../../surroundings.ts';
import type { Lane, MeasureOrder, WebPort } from '../port.ts';
import { prepareRequest } from '../prepare-request.ts';
import { sendByFetch } from '../send-by-fetch.ts';
import { keepProber, measureInThread } from './in-thread.ts';
import { type LanesOrder, runLanes } from './run-lanes.ts';
import type { ReadyLane, Send } from './send-timed.ts';

/** What the port has beside its measuring. */
interface Ways {
  readonly baseOf: (env: string) => URL;
  readonly sendDirect: Send;
  /** Longest wait for one answer in ms, where the request brings none of its own. */
  readonly patienceMs: number;
}

function makeReady(base: URL, lane: Lane, patienceMs: number): ReadyLane {
  const { id, request, expected, times, everyMs } = lane;
  const { url, ...outgoing } = prepareRequest(base, request);
  const timeoutMs = request.timeoutMs ?? patienceMs;
  return { id, outgoing: { ...outgoing, url: url.href }, expected, times, everyMs, timeoutMs };
}

/** Measures in a thread of its own; by a proxy there is one way only, and it does not lead into another thread. */
export function makeMeasure(
  { baseOf, sendDirect, patienceMs }: Ways,
  { fetch, proxyOf }: Pick<Surroundings, 'fetch' | 'proxyOf'>,
): WebPort['measure'] {
  return async (env: string, { lanes, forMs, atOnce, signal }: MeasureOrder) => {
    const base = baseOf(env);
    const order: LanesOrder = {
      lanes: lanes.map((lane) => makeReady(base, lane, patienceMs)),
      forMs,
      atOnce,
    };
    if (proxyOf(base.href) !== undefined)
      return runLanes(order, (outgoing, sending) => sendByFetch(fetch, outgoing, sending), signal);
    const prober = keepProber();
    return prober === undefined
      ? runLanes(order, sendDirect, signal)
      : measureInThread(prober, order, signal);
  };
}
