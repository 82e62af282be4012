import * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import type { PrometheusPort, PromQuery, PromSample } from './port.ts';

const TIMEOUT_MS = seconds(10);

/** `[seconds, "number"]`; numbers are texts, and NaN and +Inf are among them. */
const point = z.tuple([z.number(), z.string()]);
const answerShape = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: point })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
  ]),
});

const refused = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_METRICS', { what, next, state: 'untouched' });

const readNumber = (told: string): number => {
  if (/^\+?Inf$/.test(told)) return Number.POSITIVE_INFINITY;
  return told === '-Inf' ? Number.NEGATIVE_INFINITY : Number(told);
};

function readAnswer(json: unknown, host: string): readonly PromSample[] {
  const read = answerShape.safeParse(json);
  if (!read.success)
    throw refused(
      `${host} answered something else than an instant vector or a scalar.`,
      'Look at the query: a range needs a function around it, like rate() or max_over_time().',
    );
  const { data } = read.data;
  if (data.resultType === 'scalar') return [{ labels: {}, value: readNumber(data.result[1]) }];
  return data.result.map(({ metric, value }) => ({ labels: metric, value: readNumber(value[1]) }));
}

function refuseStatus(status: number, host: string): void {
  if (status === 200) return;
  if (status === 401 || status === 403)
    throw new ReleaseError('E_SECRET_REFUSED', {
      what: `${host} refused the token (HTTP ${status}).`,
      next: 'Correct the token of this measurement.',
      state: 'untouched',
    });
  // 400: the query is wrong; 422: it cannot be carried out; 503: it took too long.
  const next =
    status === 400 || status === 422 ? 'Try the query in the page of the server.' : 'Look at the server.';
  throw refused(`${host} did not answer the query (HTTP ${status}).`, next);
}

const addressOf = ({ url, query, at }: PromQuery): URL => {
  const address = new URL(`${url.replace(/\/$/, '')}/api/v1/query`);
  address.searchParams.set('query', query);
  address.searchParams.set('timeout', '8s');
  if (at !== undefined) address.searchParams.set('time', String(at / 1000));
  return address;
};

/** Prometheus over its HTTP API. */
export function makePrometheus({ fetch, secrets }: Surroundings): PrometheusPort {
  return {
    ask: async (query, signal) => {
      const address = addressOf(query);
      const limit = AbortSignal.timeout(TIMEOUT_MS);
      const headers: Record<string, string> =
        query.token === undefined ? {} : { authorization: `Bearer ${secrets.read(query.token)}` };
      const answer = await fetch(address, {
        headers,
        redirect: 'error',
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      }).catch(() => {
        throw refused(`${address.host} does not answer.`, 'Look at the server, and at the address.');
      });
      refuseStatus(answer.status, address.host);
      return readAnswer(await answer.json().catch(() => undefined), address.host);
    },
  };
}
