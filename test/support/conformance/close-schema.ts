/** A schema of OpenAPI 3.0, as far as it is looked at. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly [key: string]: unknown;
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? '';

/**
 * The schema with every reference in place, and closed: a field that it does not name is none. With `isWhole` what it requires must be
 * there. A schema that holds itself is open from the second time on.
 */
export function closeSchema(
  schema: Schema,
  known: Readonly<Record<string, Schema>>,
  isWhole: boolean,
  above: readonly string[] = [],
): Schema {
  const { $ref } = schema;
  if ($ref !== undefined) {
    const name = nameOf($ref);
    return above.includes(name) ? {} : closeSchema(known[name] ?? {}, known, isWhole, [...above, name]);
  }
  const close = (one: Schema): Schema => closeSchema(one, known, isWhole, above);
  if (schema.allOf) return close(join(schema, (one) => resolve(one, known)));
  const { description, example, 'x-tags': _, discriminator, required, ...rest } = schema;
  return {
    ...rest,
    ...(isWhole && required ? { required } : {}),
    ...(schema.oneOf ? { oneOf: schema.oneOf.map(close) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map(close) } : {}),
    ...(schema.items ? { items: close(schema.items) } : {}),
    ...(schema.properties || schema.additionalProperties ? closeObject(schema, close) : {}),
  };
}

const resolve = (schema: Schema, known: Readonly<Record<string, Schema>>): Schema =>
  schema.$ref === undefined ? schema : resolve(known[nameOf(schema.$ref)] ?? {}, known);

/** All that a schema must be at once, as one. */
function join(schema: Schema, resolved: (one: Schema) => Schema): Schema {
  const { allOf = [], ...own } = schema;
  const parts = [own, ...allOf.map(resolved)].map((one) => (one.allOf ? join(one, resolved) : one));
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  const required = parts.flatMap((part) => part.required ?? []);
  const merged = Object.assign({}, ...parts) as Schema;
  return Object.keys(properties).length === 0 ? merged : { ...merged, properties, required };
}

function closeObject(
  { properties = {}, additionalProperties: more }: Schema,
  close: (one: Schema) => Schema,
): Schema {
  const closed = Object.entries(properties).map(([name, one]) => [name, close(one)]);
  return {
    properties: Object.fromEntries(closed),
    additionalProperties: typeof more === 'object' ? close(more) : (more ?? false),
  };
}
