import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type ZodType, z } from 'zod';
import type { Exchange } from '../../../src/sandbox/servers/router.ts';
import { closeSchema, type Schema } from './close-schema.ts';

interface Media {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
  readonly $ref?: string;
}

interface Operation {
  readonly parameters?: readonly (
    | { readonly name: string; readonly in: string }
    | { readonly $ref: string }
  )[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
}

interface Description {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Operation>> & { parameters?: Operation['parameters'] }>
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly [kind: string]: unknown;
  };
}

const follow = <T>(document: Description, one: T | { readonly $ref?: string }): T => {
  const { $ref } = one as { readonly $ref?: string };
  if ($ref === undefined) return one as T;
  const found = $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document);
  return follow(document, found as T);
};

/**
 * What a vendor's own OpenAPI file says of its API. `faults` names everything in an exchange that it does not know: an address, a parameter,
 * a field, a value of another type; a request must also have what it requires. An answer may leave fields out: a stand-in says what is read.
 */
export class OpenApi {
  private readonly document: Description;
  private readonly prefix: string;
  private readonly made = new Map<string, ZodType>();

  constructor(file: string, prefix: string) {
    this.document = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as Description;
    this.prefix = prefix;
  }

  faults({ call, answer }: Exchange): readonly string[] {
    if (typeof answer === 'string') return [];
    const path = this.find(call.path);
    const operation = path === undefined ? undefined : this.document.paths[path]?.[call.method.toLowerCase()];
    if (path === undefined || operation === undefined)
      // A refusal of an address that is not there is no fault of the address.
      return answer.status >= 400 ? [] : [`${call.method} ${call.path} is not described`];
    const where = `${call.method} ${path}`;
    const asked = call.body.length === 0 ? undefined : JSON.parse(call.body.toString('utf8'));
    return [
      ...this.unknownParameters(path, operation, call.query).map((name) => `${where}: no parameter ${name}`),
      ...this.compare(`${where} request`, operation.requestBody, asked, true),
      ...this.compare(
        `${where} ${answer.status}`,
        operation.responses[answer.status] ?? operation.responses.default,
        answer.json,
        false,
      ),
    ];
  }

  private find(path: string): string | undefined {
    const asked = path.slice(this.prefix.length).split('/');
    return Object.keys(this.document.paths).find((known) => {
      const parts = known.split('/');
      return (
        parts.length === asked.length && parts.every((part, i) => part.startsWith('{') || part === asked[i])
      );
    });
  }

  private unknownParameters(path: string, operation: Operation, query: URLSearchParams): readonly string[] {
    const all = [...(operation.parameters ?? []), ...(this.document.paths[path]?.parameters ?? [])];
    const known = all.map((one) => follow<{ name: string }>(this.document, one as { name: string }).name);
    return [...query.keys()].filter((name) => !known.includes(name));
  }

  private compare(
    where: string,
    media: Media | undefined,
    value: unknown,
    isWhole: boolean,
  ): readonly string[] {
    if (value === undefined) return [];
    const described = media && follow<Media>(this.document, media).content?.['application/json']?.schema;
    if (described === undefined) return [`${where}: no body is described`];
    const seen = this.schemaOf(where, described, isWhole).safeParse(value);
    return seen.success
      ? []
      : seen.error.issues.map(({ path, message }) => `${where} ${path.join('.')}: ${message}`);
  }

  private schemaOf(where: string, described: Schema, isWhole: boolean): ZodType {
    const known = this.made.get(where);
    if (known !== undefined) return known;
    const closed = closeSchema(described, this.document.components.schemas, isWhole);
    const made = z.fromJSONSchema(closed as Parameters<typeof z.fromJSONSchema>[0], {
      defaultTarget: 'openapi-3.0',
    });
    this.made.set(where, made);
    return made;
  }
}
