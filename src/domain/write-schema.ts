import type { Catalogue, CatalogueItem } from './catalogue.ts';
import { cleanForScreen } from './screen-text.ts';

/** What stands above a written schema. */
export interface SchemaHead {
  readonly env: string;
  readonly version: string;
  readonly run: string;
  /** When it was read (ISO). */
  readonly at: string;
  readonly fingerprint: string;
  /** Applied migrations, in the order of the journal, as they can be named. */
  readonly applied: readonly string[];
}

const END = '-- end of the schema';

const sayItem = ({ name, is }: CatalogueItem): string => `${name}${is === '' ? '' : `: ${is}`}`;

const indent = (text: string): string => text.replace(/^/gm, '    ').trimEnd();

function sayKind(kind: string, items: readonly CatalogueItem[], texts: ReadonlyMap<string, string>): string {
  const lines = items.flatMap((item) => {
    const text = texts.get(`${kind} ${item.name}`);
    return text === undefined ? [`  ${sayItem(item)}`] : [`  ${sayItem(item)}`, indent(text)];
  });
  return [`${kind} (${items.length})`, ...lines].join('\n');
}

/** A schema as a person reads it, kind by kind, with views and functions in full (MIG-08). Safe to be printed. */
export function writeSchema(
  { items }: Catalogue,
  texts: ReadonlyMap<string, string>,
  { env, version, run, at, fingerprint, applied }: SchemaHead,
): string {
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  const head = [
    `-- schema of ${env} before ${version} (${run})`,
    `-- read: ${at}`,
    `-- fingerprint: ${fingerprint}`,
    `-- objects: ${items.length}`,
    `-- migrations applied: ${applied.length}`,
    ...applied.map((name) => `--   ${name}`),
  ];
  const parts = kinds.map((kind) =>
    sayKind(
      kind,
      items.filter((item) => item.kind === kind),
      texts,
    ),
  );
  return cleanForScreen(`${[head.join('\n'), ...parts, END].join('\n\n')}\n`);
}
