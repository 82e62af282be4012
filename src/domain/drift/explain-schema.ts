import { compareAreas } from './compare-areas.ts';
import { type DriftArea, type DriftChange, entryOf } from './drift-state.ts';

/** What one release did to the schema: each object before and after it; null is "was not there". */
export type SchemaMoves = Readonly<
  Record<string, { readonly from: string | null; readonly to: string | null }>
>;

/** What releases, one after the other, made of what was accepted; where their moves do not follow on it, it stays. */
function expectSchema(accepted: DriftArea, releases: readonly SchemaMoves[]): DriftArea {
  const keys = [...new Set([accepted, ...releases].flatMap((one) => Object.keys(one)))];
  const ends = keys.map((key) => [key, follow(key, entryOf(accepted, key) ?? null, releases)] as const);
  return Object.fromEntries(ends.flatMap(([key, end]) => (end === null ? [] : [[key, end] as const])));
}

/**
 * Splits what the schema differs in into the releases' own changes and the rest. A change is theirs only when their moves
 * lead from what was accepted exactly to what is: what a hand changed before, between or after them stays unexplained, and
 * so does a hand that took back what they did, although the schema is then as it was accepted.
 */
export function explainSchema(
  accepted: DriftArea,
  now: DriftArea,
  releases: readonly SchemaMoves[],
): { readonly explained: readonly DriftChange[]; readonly open: readonly DriftChange[] } {
  const expected = expectSchema(accepted, releases);
  const open = compareAreas('schema', expected, now);
  const isOpen = new Set(open.map(({ key }) => key));
  const explained = compareAreas('schema', accepted, expected).filter(({ key }) => !isOpen.has(key));
  return { explained, open };
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
