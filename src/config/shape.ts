import * as z from 'zod';
import { runbookSchema } from './schema/index.ts';

/** The part of JSON Schema (draft 2020-12) that the configuration needs. */
export interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly 'x-secret'?: true;
}

let whole: Shape | undefined;

/** The configuration's shape as JSON Schema, for editors, for suggestions and for its documentation. */
export function runbookShape(): Shape {
  whole ??= z.toJSONSchema(runbookSchema, {
    io: 'input',
    // Keys that begin with x- are free; without this an editor would underline them.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { '^x-': {} };
    },
  }) as Shape;
  return whole;
}

/** A shape and, for a choice, everything it may be instead. */
const spread = (shape: Shape): Shape[] => [
  shape,
  ...(shape.anyOf ?? []).flatMap(spread),
  ...(shape.oneOf ?? []).flatMap(spread),
];

function step(at: readonly Shape[], part: PropertyKey): Shape[] {
  return at.flatMap((shape) => {
    if (typeof part === 'number') return shape.items ? spread(shape.items) : [];
    const named = shape.properties?.[String(part)];
    if (named) return spread(named);
    return typeof shape.additionalProperties === 'object' ? spread(shape.additionalProperties) : [];
  });
}

/** Every shape that may stand at a path; none where the configuration has no such place. */
export const shapesAt = (path: readonly PropertyKey[]): readonly Shape[] =>
  path.reduce<Shape[]>(step, spread(runbookShape()));

/** Keys that may stand at a path; for "did you mean". */
export const knownKeys = (path: readonly PropertyKey[]): readonly string[] => [
  ...new Set(shapesAt(path).flatMap((shape) => Object.keys(shape.properties ?? {}))),
];

/** True where `x-` keys belong to other tools; false inside values that go out as they are, like a request's body. */
export const hasFreeKeys = (path: readonly PropertyKey[]): boolean =>
  // Anchors stand at the root, and asking for the shape of it takes the whole schema.
  path.length === 0 || shapesAt(path).some((shape) => shape.properties ?? shape.propertyNames?.pattern);

/** True where a secret's name must stand. */
export const isSecretPlace = (path: readonly PropertyKey[]): boolean =>
  shapesAt(path).some((shape) => shape['x-secret']);
