import type { Shape } from './shape.ts';

const quote = (value: unknown): string => JSON.stringify(value);

const oneOf = (values: readonly unknown[]): string =>
  values.length < 2 ? quote(values[0]) : `one of ${values.map(quote).join(', ')}`;

/** zod bounds whole numbers by what JavaScript can count; that is no rule of ours. */
const isRule = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

function sayNumber({ type, minimum, exclusiveMinimum, maximum }: Shape): string {
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  if (isRule(minimum) && isRule(maximum)) return `${noun} from ${minimum} to ${maximum}`;
  if (isRule(minimum)) return `${noun}, ${minimum} or more`;
  if (isRule(exclusiveMinimum)) return `${noun} above ${exclusiveMinimum}`;
  return noun;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  null: 'nothing',
};

function sayOne(shape: Shape): string[] {
  if (shape.const !== undefined || shape.enum) return [];
  if (shape.type === 'number' || shape.type === 'integer') return [sayNumber(shape)];
  return shape.type ? [NOUNS[shape.type] ?? shape.type] : [];
}

/** What may stand at a place, in words: `a number from 0 to 100`, `one of "live", "test"`. */
export function describeShapes(shapes: readonly Shape[]): string {
  const values = shapes.flatMap((shape) => (shape.const === undefined ? (shape.enum ?? []) : [shape.const]));
  const words = [...(values.length > 0 ? [oneOf(values)] : []), ...shapes.flatMap(sayOne)];
  return [...new Set(words)].join(' or ');
}
