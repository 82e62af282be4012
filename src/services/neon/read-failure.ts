import { type CallFailure, readNetworkFailure } from '../call-failure.ts';
import { readRetryAfter } from '../retry.ts';

interface AxiosLike {
  readonly response?: {
    readonly status: number;
    readonly data?: unknown;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Reads what the client threw. Only status, Neon's own words and the request id are taken over: the object itself
 * prints the key under `util.inspect` and under `JSON.stringify`.
 */
export function readNeonFailure(error: unknown, now: Date): CallFailure {
  const { response } = (error ?? {}) as AxiosLike;
  if (response === undefined) return readNetworkFailure(error);
  const { status, data, headers } = response;
  // Neon redirects nowhere: whoever does is somebody in between.
  if (status < 400) return { kind: 'garbled', status };
  // A gateway's page is text, not an object; its words would say nothing to anybody.
  const body = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const requestId = asText(body.request_id) ?? asText(headers?.['x-request-id']);
  const word = asText(body.code);
  const retryAfterMs = readRetryAfter(headers?.['retry-after'], now);
  return {
    kind: 'refused',
    status,
    said: asText(body.message) ?? '',
    ...(word === undefined ? {} : { word }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
