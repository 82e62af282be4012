import type { Json, JsonObject } from '../json.ts';

/** Keywords that speak of one kind of value each. */
const KINDS: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['pattern', 'minLength', 'maxLength', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const findType = (schema: JsonObject): string | undefined =>
  KINDS.find(([, keywords]) => keywords.some((name) => schema[name] !== undefined))?.[0];

const inside = (value: Json): Json => (isObject(value) ? completeSchema(value) : value);

const insideEach = (value: Json): Json =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inside(one)]))
    : value;

/** Every name that is required, as a property that may be anything; those that are described stay as they are. */
const nameRequired = ({ required, properties }: JsonObject): JsonObject => ({
  ...Object.fromEntries((Array.isArray(required) ? required : []).map((name) => [String(name), {}])),
  ...(isObject(properties) ? properties : {}),
});

function completeChild(name: string, value: Json): Json {
  if (name === 'properties' || name === '$defs') return insideEach(value);
  if (Array.isArray(value) && /^(?:anyOf|oneOf|allOf|prefixItems)$/.test(name)) return value.map(inside);
  return name === 'items' || name === 'additionalProperties' ? inside(value) : value;
}

/**
 * A JSON Schema with what its author left to be understood: a `required` name is a property, and `items` speaks of an
 * array. The library passes over both where they are not said, so that an answer without its fields would be right.
 */
export function completeSchema(schema: JsonObject): JsonObject {
  const { type = findType(schema) } = schema;
  const named = schema.required === undefined ? schema : { ...schema, properties: nameRequired(schema) };
  const children = Object.entries(named).map(([name, value]) => [name, completeChild(name, value)]);
  return { ...Object.fromEntries(children), ...(type === undefined ? {} : { type }) };
}
