import { type DriftArea, type DriftChange, entryOf } from './drift-state.ts';

/** What one release did to the schema: each object before and after it; null is "was not there". */
export type SchemaMoves = Readonly<
  Record<string, { readonly from: string | null; readonly to: string | null }>
>;

/**
 * Splits changes of the schema into those that releases made, one after the other, and the rest. A change is a release's
 * own only when the chain of their moves leads from what was accepted exactly to what is: what somebody changed by hand
 * before, between or after them stays unexplained.
 */
export function explainSchema(
  changes: readonly DriftChange[],
  releases: readonly SchemaMoves[],
): { readonly explained: readonly DriftChange[]; readonly open: readonly DriftChange[] } {
  const isExplained = ({ key, from, to }: DriftChange): boolean =>
    follow(key, from ?? null, releases) === (to ?? null);
  return { explained: changes.filter(isExplained), open: changes.filter((one) => !isExplained(one)) };
}

const follow = (key: string, start: string | null, releases: readonly SchemaMoves[]): string | null =>
  releases.reduce((at, moves) => {
    const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
    return move !== undefined && move.from === at ? move.to : at;
  }, start);

/** The moves between two readings of the schema. */
export function findMoves(before: DriftArea, after: DriftArea): SchemaMoves {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const sides = keys.map((key) => {
    const [from, to] = [entryOf(before, key) ?? null, entryOf(after, key) ?? null];
    return [key, { from, to }] as const;
  });
  return Object.fromEntries(sides.filter(([, { from, to }]) => from !== to));
}
