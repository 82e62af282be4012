import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../router.ts';

interface ErrorFields {
  readonly type?: 'invalid_request_error' | 'idempotency_error' | 'rate_limit_error' | 'api_error';
  readonly code?: string;
  readonly param?: string;
}

/** A refusal in Stripe's shape. */
export const refuse = (status: number, message: string, fields: ErrorFields = {}): Answer => ({
  status,
  json: { error: { type: 'invalid_request_error', message, ...fields } },
});

export const noSuch = (what: string, id: string): Answer =>
  refuse(404, `No such ${what}: '${id}'`, { code: 'resource_missing', param: 'id' });

export const unknownPath = ({ method, path }: Call): Answer =>
  refuse(404, `Unrecognized request URL (${method}: ${path}).`);

/** Every answer carries an id that Stripe's support would ask for. */
export function withRequestId(answer: Answer): Answer {
  if (typeof answer === 'string') return answer;
  const id = `req_${randomBytes(7).toString('hex')}`;
  return { ...answer, headers: { ...answer.headers, 'request-id': id } };
}

/** The fields of a form-encoded body; nested ones are spelled `line_items[0][price]`. */
export const readForm = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString('utf8'));

/** The values of `name[]` or `name[0]`, `name[1]` …, in order. */
export const readAll = (form: URLSearchParams, name: string): readonly string[] =>
  [...form].filter(([key]) => key.replace(/\[\d*\]$/, '[]') === `${name}[]`).map(([, value]) => value);

/** The fields of `name[key]`, by key. */
export const readRecord = (form: URLSearchParams, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...form].flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith(']') ? [[key.slice(name.length + 1, -1), value]] : [],
    ),
  );
