import { describeShapes } from '../../src/config/describe-shape.ts';
import type { Shape } from '../../src/config/shape.ts';

/** A key of the configuration, as the reference shows it. */
interface Row {
  readonly key: string;
  readonly kind: string;
  readonly standard: string;
  readonly about: string;
}

const optionsOf = (shape: Shape): readonly Shape[] => shape.oneOf ?? shape.anyOf ?? [shape];

const sayKind = (shape: Shape): string => {
  if (shape['x-secret']) return 'name of a secret, like `$NAME`';
  if (shape.type === 'array') return `a list of: ${sayKind(shape.items ?? {})}`;
  const kind = describeShapes(optionsOf(shape));
  return kind === 'a map of keys and values' ? 'a map' : kind || 'any value';
};

const sayStandard = (shape: Shape, isRequired: boolean): string => {
  if (isRequired) return '**required**';
  const { default: standard } = shape;
  const isPlain =
    standard === undefined || (typeof standard === 'object' && Object.keys(standard ?? {}).length === 0);
  return isPlain ? '' : `\`${typeof standard === 'string' ? standard : JSON.stringify(standard)}\``;
};

const isMap = (shape: Shape): boolean => typeof shape.additionalProperties === 'object';

/** Shapes whose keys are listed below a key: its own, those of its items, those of any name. */
function partsOf(shape: Shape): { readonly suffix: string; readonly shape: Shape }[] {
  if (isMap(shape) && shape.propertyNames?.pattern !== undefined)
    return optionsOf(shape.additionalProperties as Shape).map((one) => ({ suffix: '.<name>', shape: one }));
  if (isMap(shape) && shape.propertyNames?.enum !== undefined)
    return [
      { suffix: `.<${shape.propertyNames.enum.join(' ')}>`, shape: shape.additionalProperties as Shape },
    ];
  if (shape.items) return optionsOf(shape.items).map((one) => ({ suffix: '[]', shape: one }));
  return optionsOf(shape).map((one) => ({ suffix: '', shape: one }));
}

function rowsOf(shape: Shape, path: string): Row[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, one]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const row = {
      key,
      kind: sayKind(one),
      standard: sayStandard(one, shape.required?.includes(name) === true),
      about: one.description ?? '',
    };
    return [row, ...partsOf(one).flatMap((part) => rowsOf(part.shape, `${key}${part.suffix}`))];
  });
}

/** Rows of alternatives repeat what they share; the first one tells it. */
const withoutRepeats = (rows: readonly Row[]): Row[] => {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const mark = JSON.stringify(row);
    return seen.has(mark) ? false : seen.add(mark) !== undefined;
  });
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const sayRow = ({ key, kind, standard, about }: Row): string =>
  `| \`${key}\` | ${cell(kind)} | ${cell(standard)} | ${cell(about)} |`;

/** Keys without a word about their purpose; the reference would leave a reader alone with them. */
export const findUndescribed = (shape: Shape): readonly string[] =>
  rowsOf(shape, '').flatMap((row) => (row.about === '' ? [row.key] : []));

const HEAD = ['| Key | What | Default | Meaning |', '|---|---|---|---|'];

const table = (rows: readonly Row[]): string => [...HEAD, ...withoutRepeats(rows).map(sayRow)].join('\n');

/** The reference of every key as Markdown tables: the file's own keys first, then one table per section. */
export function documentShape(shape: Shape): string {
  const top = rowsOf(shape, '').filter((row) => !row.key.includes('.') && !row.key.includes('['));
  const sections = Object.entries(shape.properties ?? {}).flatMap(([name, one]) => {
    const rows = rowsOf({ properties: { [name]: one } }, '').slice(1);
    return rows.length === 0 ? [] : [`## ${name}\n\n${table(rows)}`];
  });
  return [`## The file\n\n${table(top)}`, ...sections].join('\n\n');
}
