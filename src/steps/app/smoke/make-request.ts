import type { Expectation } from '../../../domain/smoke/expect-answer.ts';
import type { WebRequest } from '../../../services/web/port.ts';
import type { Call, Sending } from './call.ts';
import { fillJson, fillPath, fillText, type Known } from './fill.ts';

// A fixed, tiny file of our own: nothing from the repository is ever uploaded (T45).
const SAMPLE_PDF = new TextEncoder().encode(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

/** The headers that a call was given, filled in. */
const ownHeaders = ({ headers = {} }: Call, known: Known): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fillText(text, known)]));

/** Headers of what belongs to a call afterwards: finding its record, and taking it away. */
export function headersAfter(call: Call, known: Known, bypass: Sending['bypass']): Record<string, string> {
  const token = known.get('token');
  return {
    ...bypass,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...ownHeaders(call, known),
  };
}

function headersOf(call: Call, body: string | undefined, sending: Sending): Record<string, string> {
  const { known, bypass, env, services } = sending;
  const token =
    call.as === 'user' ? known.get('token') : call.as === 'admin' ? known.get('adminToken') : undefined;
  return {
    ...bypass,
    ...ownHeaders(call, known),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(call.signed && body !== undefined
      ? { 'stripe-signature': services.stripe.signature(env, body) }
      : {}),
  };
}

/** A call with everything filled in, signed at this moment. */
export function requestOf(call: Call, sending: Sending): Omit<WebRequest, 'signal'> {
  const { known } = sending;
  const body = call.json === undefined ? undefined : JSON.stringify(fillJson(call.json, known));
  const fields = Object.entries(call.fields ?? {}).map(
    ([name, text]) => [name, fillText(text, known)] as const,
  );
  return {
    method: call.method,
    path: fillPath(call.path, known),
    headers: headersOf(call, body, sending),
    ...(body === undefined ? {} : { body }),
    ...(call.file
      ? {
          file: { field: call.file.field, name: call.file.name, type: 'application/pdf', bytes: SAMPLE_PDF },
          fields: Object.fromEntries(fields),
        }
      : {}),
  };
}

/** What its answer must look like. */
export const expectationOf = (call: Call, known: Known): Expectation => ({
  status: call.status,
  body: Object.fromEntries(
    Object.entries(call.body ?? {}).map(([path, wanted]) => [
      path,
      typeof wanted === 'string' ? fillText(wanted, known) : wanted,
    ]),
  ),
  ...(call.starts === undefined ? {} : { starts: call.starts }),
  ...(call.schema === undefined ? {} : { schema: call.schema }),
});
