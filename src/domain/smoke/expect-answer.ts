import type { JsonObject } from '../json.ts';
import { oneLine } from '../screen-text.ts';
import { findMismatch } from './match-schema.ts';
import { readPath } from './read-path.ts';
import type { ErrorKind } from './sample.ts';

/** What the scenario demands of an answer, with its placeholders already filled. */
export interface Expectation {
  readonly status: readonly number[];
  readonly body: Readonly<Record<string, string | number | boolean | null>>;
  readonly starts?: string | undefined;
  /** JSON Schema of the whole body. */
  readonly schema?: JsonObject | undefined;
}

/** What of an answer is compared. */
export interface SeenAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
}

/** What is wrong with an answer, and what kind of error that is. */
export interface Wrong {
  readonly wrong: string;
  readonly error: ErrorKind;
}

const KINDS: Record<string, (value: unknown) => boolean> = {
  'is:string': (value) => typeof value === 'string' && value.length > 0,
  'is:number': (value) => typeof value === 'number' && Number.isFinite(value),
  'is:boolean': (value) => typeof value === 'boolean',
  'is:array': (value) => Array.isArray(value),
  'is:object': (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  'is:present': (value) => value !== undefined && value !== null,
};

function mismatch(json: unknown, path: string, wanted: string | number | boolean | null): string | undefined {
  const value = readPath(json, path);
  const kind = typeof wanted === 'string' ? KINDS[wanted] : undefined;
  if (kind) return kind(value) ? undefined : `${path} is no ${String(wanted).slice(3)}`;
  return value === wanted
    ? undefined
    : `${path} is ${oneLine(JSON.stringify(value) ?? 'missing', 60)}, not ${JSON.stringify(wanted)}`;
}

function findWrongBody({ bytes, json }: SeenAnswer, expected: Expectation): string | undefined {
  const { starts, schema } = expected;
  if (starts !== undefined) {
    const first = new TextDecoder('latin1').decode(bytes.subarray(0, starts.length));
    if (first !== starts) return `does not begin with ${starts}`;
  }
  const checks = Object.entries(expected.body);
  if ((checks.length > 0 || schema !== undefined) && json === undefined) return 'the answer is no JSON';
  const wrong = checks
    .map(([path, wanted]) => mismatch(json, path, wanted))
    .find((said) => said !== undefined);
  return wrong ?? (schema === undefined ? undefined : findMismatch(json, schema));
}

/** What is wrong with an answer, in a few words; undefined when it is as expected. */
export function findWrong(answer: SeenAnswer, expected: Expectation): Wrong | undefined {
  const { status } = answer;
  if (!expected.status.includes(status)) return { wrong: `HTTP ${status}`, error: 'status' };
  const wrong = findWrongBody(answer, expected);
  return wrong === undefined ? undefined : { wrong: oneLine(wrong, 160), error: 'body' };
}
