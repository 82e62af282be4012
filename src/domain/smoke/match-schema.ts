import * as z from 'zod';
import type { JsonObject } from '../json.ts';
import { completeSchema } from './complete-schema.ts';

type Schema = z.core.JSONSchema.JSONSchema;

const known = new WeakMap<JsonObject, z.ZodType>();

/** The schema, ready to compare with; throws for one that this program does not understand. */
export function readSchema(schema: JsonObject): z.ZodType {
  const ready = known.get(schema) ?? z.fromJSONSchema(completeSchema(schema) as unknown as Schema);
  known.set(schema, ready);
  return ready;
}

/** Where a value leaves its JSON Schema, and how; undefined when it does not. */
export function findMismatch(value: unknown, schema: JsonObject): string | undefined {
  const { success, error } = readSchema(schema).safeParse(value);
  if (success) return undefined;
  const [first] = error.issues;
  const place = first?.path.join('.') || 'the body';
  return `${place}: ${first?.message ?? 'not as described'}`;
}
