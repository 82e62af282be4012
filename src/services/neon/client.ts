import type { Api, RequestParams } from '@neondatabase/api-client';
import type * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { isLoopback } from '../../domain/loopback.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { type CallName, sayCallFailure, type Vendor } from '../call-failure.ts';
import { type Attempt, callPatiently } from '../retry.ts';
import type { Surroundings } from '../surroundings.ts';
import { readNeonFailure } from './read-failure.ts';
import { operationsAnswer } from './shapes.ts';

type NeonApi = Api<unknown>;

/** One call of the API: how people would call it, what to send, and the shape its answer must have. */
export interface NeonCall<Shape extends z.ZodType> extends CallName {
  readonly project: string;
  readonly shape: Shape;
  send(api: NeonApi, params: RequestParams): Promise<{ readonly data: unknown }>;
}

/** Sends a call by the retry table; resolves only for an answer of the right shape, throws ReleaseErrors alone. */
export type AskNeon = <Shape extends z.ZodType>(call: NeonCall<Shape>) => Promise<z.infer<Shape>>;

/** No answer of Neon's API comes near this; anything larger is not from there (F57). */
const LARGEST_ANSWER = 8_000_000;
const OVER = new Set(['finished', 'skipped', 'cancelled', 'failed', 'error']);

async function connect({ runbook, secrets }: Surroundings): Promise<NeonApi> {
  const settings = runbook.services.neon;
  if (settings === undefined) throw notConfigured('services.neon');
  // CommonJS: in the bundle its names are found below `default` alone.
  const { default: neon } = await import('@neondatabase/api-client');
  return neon.createApiClient({
    apiKey: secrets.read(settings.apiKey),
    baseURL: settings.apiUrl.replace(/\/$/, ''),
    timeout: seconds(settings.timeoutSeconds),
    // A redirect would carry the key to whoever asks for it (T25).
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER,
    // The client finds the configured proxy by itself, also for loopback, where it must not.
    ...(isLoopback(settings.apiUrl) ? { proxy: false } : {}),
  });
}

/** What 423 does not say: which operation is in the way. */
async function sayBlocker(api: NeonApi, project: string, params: RequestParams): Promise<string | undefined> {
  try {
    const { data } = await api.listProjectOperations({ projectId: project, limit: 20 }, params);
    const open = operationsAnswer.parse(data).operations.find(({ status }) => !OVER.has(status));
    if (open === undefined) return undefined;
    const where = open.branch_id ? ` of branch ${open.branch_id}` : '';
    return `The operation ${open.action}${where} is ${open.status}; Neon does one at a time per project.`;
  } catch {
    // Only a nicety of the message; the refusal itself is told in any case.
    return undefined;
  }
}

const makeVendor = ({ runbook, secrets }: Surroundings): Vendor => {
  const keyName = runbook.services.neon?.apiKey ?? '';
  return {
    name: 'Neon',
    keyName,
    key: secrets.read(keyName),
    codes: {
      key: 'E_NEON_KEY',
      refused: 'E_NEON_REFUSED',
      busy: 'E_NEON_BUSY',
      unreachable: 'E_NEON_UNREACHABLE',
    },
  };
};

/** The official client, made on first use, behind the one translation of its errors. */
export function makeNeonCaller(surroundings: Surroundings): AskNeon {
  const { clock, runbook } = surroundings;
  let client: Promise<NeonApi> | undefined;
  // The client's own timeout starts again with every byte; this one bounds the whole call.
  const limits = (): RequestParams => ({
    signal: AbortSignal.timeout(seconds(runbook.services.neon?.timeoutSeconds ?? 60)),
  });
  return async <Shape extends z.ZodType>(call: NeonCall<Shape>): Promise<z.infer<Shape>> => {
    client ??= connect(surroundings);
    const api = await client;
    const tryOnce = async (): Promise<Attempt<z.infer<Shape>>> => {
      try {
        const { data } = await call.send(api, limits());
        const read = call.shape.safeParse(data);
        if (read.success) return { ok: true, answer: read.data };
        return { ok: false, failure: { kind: 'garbled', status: 200 } };
      } catch (error) {
        return { ok: false, failure: readNeonFailure(error, clock.now()) };
      }
    };
    const attempt = await callPatiently(clock, call.effect, tryOnce);
    if (attempt.ok) return attempt.answer;
    const isLocked = attempt.failure.kind === 'refused' && attempt.failure.status === 423;
    const because = isLocked ? await sayBlocker(api, call.project, limits()) : undefined;
    throw sayCallFailure(makeVendor(surroundings), call, attempt.failure, because);
  };
}
