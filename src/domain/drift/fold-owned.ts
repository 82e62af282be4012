import type { DriftChange } from './drift-state.ts';

/** The object that a schema object belongs to, behind its hash. */
const ownerOf = ({ from, to }: DriftChange): string => {
  const value = to ?? from ?? '';
  const space = value.indexOf(' ');
  return space < 0 ? '' : value.slice(space + 1);
};

/** A table that came or went is one change, not one more for each of its columns and indexes. */
export function foldOwned(changes: readonly DriftChange[]): readonly DriftChange[] {
  const whole = new Map(changes.map(({ key, op }) => [key, op]));
  return changes.filter((change) => change.op === 'changed' || whole.get(ownerOf(change)) !== change.op);
}
