import { oneLine } from '../../../domain/screen-text.ts';
import type { WebAnswer } from '../../../services/web/port.ts';
import { readPath } from './read-path.ts';

/** What the scenario demands of an answer, with its placeholders already filled. */
export interface Expectation {
  readonly status: readonly number[];
  readonly body: Readonly<Record<string, string | number | boolean | null>>;
  readonly starts?: string | undefined;
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

/** What is wrong with an answer, in a few words; undefined when it is as expected. */
export function findWrong(answer: WebAnswer, expected: Expectation): string | undefined {
  if (!expected.status.includes(answer.status)) return `HTTP ${answer.status}`;
  if (expected.starts !== undefined) {
    const first = new TextDecoder('latin1').decode(answer.bytes.subarray(0, expected.starts.length));
    if (first !== expected.starts) return `does not begin with ${expected.starts}`;
  }
  const checks = Object.entries(expected.body);
  if (checks.length > 0 && answer.json === undefined) return 'the answer is no JSON';
  return checks
    .map(([path, wanted]) => mismatch(answer.json, path, wanted))
    .find((said) => said !== undefined);
}
