import { type FailureCode, ReleaseError, type StateAfter } from '../domain/failure.ts';
import { makeRedactor } from '../domain/redact.ts';
import { oneLine } from '../domain/screen-text.ts';

/** What a call does: nothing; something that a second call finds done (a deletion); something that could happen twice. */
export type CallEffect = 'read' | 'repeatable' | 'write';

/**
 * What came of a call that gave no usable answer. Plain words and numbers only: the clients' own error objects carry
 * the key in `config`, `request` and `response`, so nothing of them is kept (T05).
 */
export type CallFailure =
  | { readonly kind: 'not-sent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'garbled'; readonly status?: number }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly said: string;
      readonly word?: string;
      readonly requestId?: string;
      readonly retryAfterMs?: number;
    };

/** A call as a person would say it: `doing` follows "refused to". */
export interface CallName {
  readonly doing: string;
  readonly effect: CallEffect;
}

/** A vendor's name, its error codes, and where its key is configured. */
export interface Vendor {
  readonly name: string;
  readonly keyName: string;
  /** The key's value, so that an answer that repeats it is masked. */
  readonly key: string;
  readonly codes: {
    readonly key: FailureCode;
    readonly refused: FailureCode;
    readonly busy: FailureCode;
    readonly unreachable: FailureCode;
  };
}

// TLS is spoken before the request, so a bad certificate means that nothing left.
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_URL|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|ERR_TLS_.*|UNABLE_TO_.*)$/;
const TOO_LATE = /^(ECONNABORTED|ETIMEDOUT|ERR_CANCELED|TimeoutError|AbortError)$/;

/** The first code in an error or what caused it; a few levels, because foreign chains may be circular. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) return undefined;
  const { code, cause, detail, name } = error as Record<string, unknown>;
  const inner = codeOf(cause, depth + 1) ?? codeOf(detail, depth + 1);
  if (inner !== undefined) return inner;
  if (typeof code === 'string') return code;
  return typeof name === 'string' && TOO_LATE.test(name) ? name : undefined;
}

/** A call without any answer: whether its request can have arrived decides if it may be sent again. */
export function readNetworkFailure(error: unknown): CallFailure {
  const code = codeOf(error) ?? '';
  if (NEVER_LEFT.test(code)) return { kind: 'not-sent', why: code };
  if (TOO_LATE.test(code)) return { kind: 'lost', why: 'no answer in time' };
  return { kind: 'lost', why: /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'the connection broke' };
}

/** 423, 429 and 503 say that nothing was done and that the same call may come again. */
export const isBusy = (failure: CallFailure): boolean =>
  failure.kind === 'refused' && [423, 429, 503].includes(failure.status);

const stateAfter = (failure: CallFailure, effect: CallEffect): StateAfter => {
  if (effect === 'read' || failure.kind === 'not-sent' || isBusy(failure)) return 'untouched';
  return failure.kind === 'refused' && failure.status < 500 ? 'untouched' : 'unclear';
};

/** The one translation of a failed call into our error. Exit code 4 for a refused key, else 1. */
export function sayCallFailure(
  vendor: Vendor,
  { doing, effect }: CallName,
  failure: CallFailure,
  because?: string,
): ReleaseError {
  const state = stateAfter(failure, effect);
  const after =
    state === 'unclear' ? 'Look whether it happened all the same, then resume.' : 'Then try again.';
  if (failure.kind === 'not-sent' || failure.kind === 'lost') {
    const what = `${vendor.name} was not reached to ${doing} (${failure.why}).`;
    const next = `Check the network, the proxy and ${vendor.name}'s status page. ${after}`;
    return new ReleaseError(vendor.codes.unreachable, { what, next, state });
  }
  if (failure.kind === 'garbled') {
    const status = failure.status === undefined ? '' : ` HTTP ${failure.status}`;
    const what = `What answered${status} when asked to ${doing} is not ${vendor.name}.`;
    const next = `Check the proxy and the configured address. ${after}`;
    return new ReleaseError(vendor.codes.unreachable, { what, next, state });
  }
  const why = because ?? sayAnswer(vendor, failure);
  return new ReleaseError(codeFor(vendor, failure), {
    what: `${vendor.name} refused to ${doing} (HTTP ${failure.status}).`,
    ...(why === '' ? {} : { why }),
    next: nextFor(vendor, failure, after),
    state,
  });
}

type Refusal = Extract<CallFailure, { kind: 'refused' }>;

function sayAnswer({ key }: Vendor, { said, requestId }: Refusal): string {
  const text = oneLine(makeRedactor([key])(said), 240);
  return requestId === undefined ? text : `${text} (request ${oneLine(requestId, 60)})`.trim();
}

function codeFor({ codes }: Vendor, failure: Refusal): FailureCode {
  if (isBusy(failure)) return codes.busy;
  if (failure.status === 401 || failure.status === 403) return codes.key;
  return failure.status >= 500 ? codes.unreachable : codes.refused;
}

function nextFor({ name, keyName }: Vendor, failure: Refusal, after: string): string {
  if (isBusy(failure)) return 'Wait until it has finished, then resume.';
  if (failure.status === 401)
    return `Put a valid key into ${keyName}; the present one was revoked or mistyped.`;
  if (failure.status === 403) return `Give the key in ${keyName} the right to do this.`;
  if (failure.status >= 500) return `Look at ${name}'s status page. ${after}`;
  return `Correct what ${name} objects to, then try again.`;
}
