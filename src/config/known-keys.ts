import * as z from 'zod';
import { runbookSchema } from './schema/index.ts';

type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
};

let shape: Shape | undefined;

/** The configuration's shape as JSON Schema (draft 2020-12), for editors and for suggestions. */
export function runbookJsonSchema(): Shape {
  shape ??= z.toJSONSchema(runbookSchema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return shape;
}

const step = (at: readonly Shape[], part: PropertyKey): Shape[] =>
  at
    .flatMap((one) => {
      const own = one.properties?.[String(part)];
      const other = typeof one.additionalProperties === 'object' ? [one.additionalProperties] : [];
      const listed = one.items ? [one.items] : [];
      return own ? [own] : [...other, ...listed];
    })
    .flatMap(spread);

const spread = (one: Shape): Shape[] => [
  one,
  ...(one.anyOf ?? []).flatMap(spread),
  ...(one.oneOf ?? []).flatMap(spread),
];

/** Keys that may stand at a path; for "did you mean". */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const at = path.reduce<Shape[]>(step, spread(runbookJsonSchema()));
  return [...new Set(at.flatMap((one) => Object.keys(one.properties ?? {})))];
}
