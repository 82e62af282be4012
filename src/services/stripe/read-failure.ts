import { type CallFailure, readNetworkFailure } from '../call-failure.ts';
import { readRetryAfter } from '../retry.ts';

/** The fields of the SDK's errors that hold no secret. */
interface StripeErrorLike {
  readonly type?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly requestId?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Reads what the SDK threw into plain words and numbers; the error itself goes no further. */
export function readStripeFailure(error: unknown, now: Date): CallFailure {
  const { type, statusCode, message, code, requestId, headers } = (error ?? {}) as StripeErrorLike;
  // An error under a good status does not come from Stripe (F55).
  if (typeof statusCode === 'number' && statusCode < 400) return { kind: 'garbled', status: statusCode };
  if (typeof statusCode === 'number') {
    const word = asText(code);
    const request = asText(requestId);
    const retryAfterMs = readRetryAfter(headers?.['retry-after'], now);
    return {
      kind: 'refused',
      status: statusCode,
      said: asText(message) ?? '',
      ...(word === undefined ? {} : { word }),
      ...(request === undefined ? {} : { requestId: request }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  // An error of the API without a status is the SDK's word for a body that is no JSON.
  return type === 'StripeAPIError' ? { kind: 'garbled' } : readNetworkFailure(error);
}
