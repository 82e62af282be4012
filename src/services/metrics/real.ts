import * as z from 'zod';
import { minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WebAnswer, WebPort } from '../web/port.ts';
import type { MetricsPort, RouteMinute } from './port.ts';

const count = z.number().int().nonnegative();
const latency = z.number().nonnegative().nullish();
const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

/** What an application has to answer; unknown fields are left aside. */
const answerShape = z.object({
  keptSince: moment.nullish(),
  minutes: z.array(
    z
      .object({
        route: z.string().min(1),
        minute: moment,
        version: z.string().nullish(),
        requests: count,
        errors: count,
        p50: latency,
        p95: latency,
        p99: latency,
      })
      .refine(({ requests, errors }) => errors <= requests, { error: 'more errors than requests' }),
  ),
});

type Answer = z.infer<typeof answerShape>;
type Told = Answer['minutes'][number];

const refused = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_METRICS', { what, next, state: 'untouched' });

function readProblem({ status, json }: WebAnswer, where: string): ReleaseError | undefined {
  if (status === 401 || status === 403)
    return new ReleaseError('E_SECRET_REFUSED', {
      what: `The source of measurements at ${where} refused the token (HTTP ${status}).`,
      next: 'Correct metrics.token.',
      state: 'untouched',
    });
  if (status !== 200 || json === undefined)
    return refused(
      `The source of measurements at ${where} gave no measurements (HTTP ${status}${status === 200 ? ', no JSON' : ''}).`,
      'Look at the application, and at metrics.url in the configuration.',
    );
  return undefined;
}

/** The place and kind of the first thing that is wrong, never a value: it is foreign text. */
function readShape(json: unknown, where: string): Answer {
  const read = answerShape.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') || 'the answer';
  throw refused(
    `The measurements at ${where} are not in the agreed shape: ${place} (${issue?.code ?? 'unknown'}).`,
    'It must answer { "keptSince"?, "minutes": [{ route, minute, version?, requests, errors, p50?, p95?, p99? }] }.',
  );
}

const toRouteMinute = ({ route, minute, requests, errors, version, p50, p95, p99 }: Told): RouteMinute => ({
  route,
  minute: new Date(minute).toISOString(),
  requests,
  errors,
  ...(version ? { version } : {}),
  ...(typeof p50 === 'number' ? { p50 } : {}),
  ...(typeof p95 === 'number' ? { p95 } : {}),
  ...(typeof p99 === 'number' ? { p99 } : {}),
});

/** Minutes that were over before `since` are left out, should the source not do so by itself. */
const sortOut = (told: readonly Told[], since: string): RouteMinute[] =>
  told
    .filter(({ minute }) => Date.parse(minute) + minutes(1) > Date.parse(since))
    .map(toRouteMinute)
    .sort((a, b) => a.minute.localeCompare(b.minute) || a.route.localeCompare(b.route));

const withSince = (path: string, since: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}since=${encodeURIComponent(since)}`;

/**
 * Measurements that the application tells about itself (`metrics.kind: app`). Throws E_METRICS for every answer that
 * is not exactly such a list, E_APP_DOWN when there is none: an empty list would look like a quiet hour (MON rows).
 */
export function makeMetrics(
  { runbook, secrets, clock }: Surroundings,
  web: Pick<WebPort, 'request'>,
): MetricsPort {
  const settingsOf = () => {
    const settings = runbook.metrics;
    if (settings === undefined) throw notConfigured('metrics');
    if (settings.kind === 'app') return settings;
    throw new ReleaseError('E_METRICS_KIND', {
      what: `Measurements of the kind ${settings.kind} cannot be read yet.`,
      next: 'Let the application answer them and use kind: app, or leave metrics out.',
      state: 'untouched',
    });
  };
  const ask = async (env: string, since: string): Promise<Answer> => {
    const { url, token } = settingsOf();
    const answer = await web.request(env, {
      method: 'GET',
      path: withSince(url, since),
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${secrets.read(token)}` }),
      },
    });
    const problem = readProblem(answer, url);
    if (problem !== undefined) throw problem;
    return readShape(answer.json, url);
  };
  return {
    routes: async (env, since) => sortOut((await ask(env, since)).minutes, since),
    keptSince: async (env) => {
      const { keptSince } = await ask(env, clock.now().toISOString());
      return keptSince ? new Date(keptSince).toISOString() : undefined;
    },
  };
}
