import { oneLine } from './screen-text.ts';

/** Kinds of objects that make up a schema. */
export const CATALOGUE_KINDS = [
  'extension',
  'schema',
  'enum',
  'domain',
  'type',
  'sequence',
  'table',
  'column',
  'constraint',
  'index',
  'statistics',
  'row security',
  'policy',
  'rule',
  'trigger',
  'view',
  'function',
  'event trigger',
  'owner',
  'privilege',
  'default privilege',
] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** One object of a schema as the database spells it. */
export interface CatalogueItem {
  readonly kind: CatalogueKind;
  /** As people say it: `assessments.due_date`; objects outside of `public` carry their schema. */
  readonly name: string;
  /** Canonical definition, or its md5 for the long ones (views, functions). */
  readonly is: string;
  /** `kind name` of what it belongs to, like `table assessments`; empty for what stands by itself. */
  readonly of: string;
  /** Roles that it names, except for PUBLIC and the owner of the object; missing where there are none. */
  readonly roles?: readonly string[];
}

/** The shape of a database at one moment; its data are not in it. */
export interface Catalogue {
  readonly items: readonly CatalogueItem[];
  /** Every role of the server, by which two environments are told apart; no part of the schema itself. */
  readonly roles?: readonly string[];
}

/** An object that two catalogues do not have alike. At least one side is there. */
export interface CatalogueDifference {
  readonly kind: CatalogueKind;
  readonly name: string;
  readonly left?: string;
  readonly right?: string;
}

const keyOf = ({ kind, name }: Pick<CatalogueItem, 'kind' | 'name'>): string => `${kind} ${name}`;

const indexItems = ({ items }: Catalogue): ReadonlyMap<string, CatalogueItem> =>
  new Map(items.map((item) => [keyOf(item), item]));

const RANK = new Map(CATALOGUE_KINDS.map((kind, at) => [kind, at]));

type Named = Pick<CatalogueItem, 'kind' | 'name'>;

// By code units, not by the language of the machine: a fingerprint must be the same everywhere.
const inOrder = (a: Named, b: Named): number =>
  (RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** The same items in one fixed order, whatever order the database told them in. */
export const sortCatalogue = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  items: [...catalogue.items].sort(inOrder),
});

/**
 * What `left` and `right` do not have alike, by kind and name. What belongs to an object that is missing as a whole is
 * not listed beside it: a table that is there on one side only is one difference, not one for each column.
 */
export function compareCatalogues(left: Catalogue, right: Catalogue): readonly CatalogueDifference[] {
  const [lefts, rights] = [indexItems(left), indexItems(right)];
  const isTold = (item: CatalogueItem, own: typeof lefts, other: typeof lefts): boolean =>
    item.of !== '' && own.has(item.of) && !other.has(item.of);
  const keys = new Set([...lefts.keys(), ...rights.keys()]);
  const found: CatalogueDifference[] = [];
  for (const key of keys) {
    const [one, two] = [lefts.get(key), rights.get(key)];
    if (one?.is === two?.is && one?.of === two?.of) continue;
    if (two === undefined && one !== undefined && isTold(one, lefts, rights)) continue;
    if (one === undefined && two !== undefined && isTold(two, rights, lefts)) continue;
    const { kind, name } = (one ?? two) as CatalogueItem;
    const isMoved = one !== undefined && two !== undefined && one.of !== two.of;
    const told = ({ is, of }: CatalogueItem): string => (isMoved ? `${is}, of ${of || 'nothing'}` : is);
    found.push({ kind, name, ...(one ? { left: told(one) } : {}), ...(two ? { right: told(two) } : {}) });
  }
  return found.sort(inOrder);
}

/** How the two sides are called, like staging and production. */
export interface SideNames {
  readonly left: string;
  readonly right: string;
}

const isHashed = (text: string): boolean => /\bmd5 [0-9a-f]{32}$/.test(text);

/** One difference in a sentence without an end: `column assessments.due_date only in staging`. */
export function sayCatalogueDifference(
  { kind, name, left, right }: CatalogueDifference,
  { left: leftName, right: rightName }: SideNames,
): string {
  const what = `${kind} ${oneLine(name, 120)}`;
  // Where PostgreSQL grants something without a word, its absence is what is there.
  if (left === 'nothing') return `${what} is nothing in ${leftName}, as usual in ${rightName}`;
  if (right === 'nothing') return `${what} is as usual in ${leftName}, nothing in ${rightName}`;
  if (left === undefined) return `${what} only in ${rightName}`;
  if (right === undefined) return `${what} only in ${leftName}`;
  if (isHashed(left) || isHashed(right)) return `${what} is written differently`;
  return `${what} is ${oneLine(left, 120)} in ${leftName}, ${oneLine(right, 120)} in ${rightName}`;
}
