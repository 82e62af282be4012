import { ReleaseError, type Runbook, type Services } from '../../../kit.ts';
import type { WebAnswer, WebRequest } from '../../../services/web/port.ts';
import { type Expectation, findWrong } from './expect-answer.ts';
import { fillJson, fillPath, fillText, findUnknown, type Known } from './fill.ts';

export type Call = NonNullable<Runbook['smoke']>['calls'][number];

/** What every call of one smoke run shares. */
export interface Sending {
  readonly services: Pick<Services, 'web' | 'stripe'>;
  readonly env: string;
  readonly known: Known;
  /** Headers that let the run through maintenance mode. */
  readonly bypass: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

// A fixed, tiny file of our own: nothing from the repository is ever uploaded (T45).
const SAMPLE_PDF = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

/** Placeholders of a call that nothing is known for: the earlier call that gives them failed. */
export const findMissing = (call: Call, known: Known): string[] => [
  ...new Set(
    findUnknown(
      `${call.path} ${JSON.stringify(call.json ?? {})} ${JSON.stringify(call.fields ?? {})}`,
      known,
    ),
  ),
];

function headersOf(call: Call, body: string | undefined, sending: Sending): Record<string, string> {
  const { known, bypass, env, services } = sending;
  const token =
    call.as === 'user' ? known.get('token') : call.as === 'admin' ? known.get('adminToken') : undefined;
  return {
    ...bypass,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(call.signed && body !== undefined
      ? { 'stripe-signature': services.stripe.signature(env, body) }
      : {}),
  };
}

function requestOf(call: Call, sending: Sending): WebRequest {
  const { known, signal } = sending;
  const body = call.json === undefined ? undefined : JSON.stringify(fillJson(call.json, known));
  const fields = Object.entries(call.fields ?? {}).map(
    ([name, text]) => [name, fillText(text, known)] as const,
  );
  return {
    method: call.method,
    path: fillPath(call.path, known),
    headers: headersOf(call, body, sending),
    signal,
    ...(body === undefined ? {} : { body }),
    ...(call.file
      ? {
          file: { field: call.file.field, name: call.file.name, type: 'application/pdf', bytes: SAMPLE_PDF },
          fields: Object.fromEntries(fields),
        }
      : {}),
  };
}

const expectationOf = (call: Call, known: Known): Expectation => ({
  status: call.status,
  body: Object.fromEntries(
    Object.entries(call.body ?? {}).map(([path, wanted]) => [
      path,
      typeof wanted === 'string' ? fillText(wanted, known) : wanted,
    ]),
  ),
  starts: call.starts,
});

interface Sent {
  readonly answer?: WebAnswer;
  readonly wrong?: string;
  readonly tookMs: number;
  /** The request left and nobody knows whether it arrived. */
  readonly isLost?: boolean;
}

/** Sends one call once and compares. A failed connection is a wrong answer, with the time it took. */
export async function sendCall(call: Call, sending: Sending, monotonic: () => number): Promise<Sent> {
  const start = monotonic();
  try {
    const answer = await sending.services.web.request(sending.env, requestOf(call, sending));
    const wrong = findWrong(answer, expectationOf(call, sending.known));
    return { answer, tookMs: answer.tookMs, ...(wrong === undefined ? {} : { wrong }) };
  } catch (error) {
    if (sending.signal.aborted) throw error;
    const isLost = error instanceof ReleaseError && error.text.state === 'unclear';
    const wrong = error instanceof Error ? error.message : 'no answer';
    return { wrong, tookMs: monotonic() - start, isLost };
  }
}
