/** Fields of a node of PostgreSQL's parse tree. */
export type SqlFields = Readonly<Record<string, unknown>>;

export const asFields = (value: unknown): SqlFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SqlFields) : {};

export const asList = (value: unknown): readonly SqlFields[] =>
  Array.isArray(value) ? value.map(asFields) : [];

/** A node is an object whose kind is its only key. */
export function entryOf(node: unknown): readonly [kind: string, fields: SqlFields] {
  const [[kind, fields] = ['', {}]] = Object.entries(asFields(node));
  return [kind, asFields(fields)];
}

/** The same tree with other locations; -1 means that the parser knows none. */
export function moveLocations(tree: unknown, move: (at: number) => number): unknown {
  if (Array.isArray(tree)) return tree.map((one) => moveLocations(one, move));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) =>
      key === 'location' && typeof value === 'number'
        ? [key, value < 0 ? value : move(value)]
        : [key, moveLocations(value, move)],
    ),
  );
}

/** The text of a String node; empty for anything else. */
export const textOf = (node: unknown): string => {
  const { sval } = asFields(asFields(node).String);
  return typeof sval === 'string' ? sval : '';
};

/** A name of one part or several, like `public.users`. */
export const nameOf = (parts: unknown): string => asList(parts).map(textOf).join('.');

/** Every node of a kind in a tree, also inside of others of its kind. */
export function findNodes(
  tree: unknown,
  kinds: ReadonlySet<string>,
): readonly (readonly [string, SqlFields])[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => findNodes(one, kinds));
  return Object.entries(asFields(tree)).flatMap(([key, value]) => {
    const inner = findNodes(value, kinds);
    return kinds.has(key) ? [[key, asFields(value)] as const, ...inner] : inner;
  });
}
