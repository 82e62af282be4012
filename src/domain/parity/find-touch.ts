import type { CatalogueDifference, CatalogueKind } from '../catalogue.ts';
import type { Touch, Way } from './touch.ts';

const isNamed = (pattern: string, name: string): boolean => {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return name === pattern;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
};

/** What a change brings along or takes away: row security, the sequence of an identity, a right that is taken back. */
const SWITCHED = new Set<CatalogueKind>(['row security', 'sequence', 'privilege', 'default privilege']);

/** A difference that a release makes is there in the direction of the release, never the other way round. */
const isOnItsWay = ({ kind, left, right }: CatalogueDifference, way: Way): boolean => {
  if (way === 'add') return right === undefined;
  if (way === 'drop') return left === undefined;
  if (way === 'replace') return left !== undefined;
  return SWITCHED.has(kind) || (left !== undefined && right !== undefined);
};

/** The touch that explains a difference; undefined when none does. */
export const findTouch = (difference: CatalogueDifference, touches: readonly Touch[]): Touch | undefined =>
  touches.find(
    ({ kind, name, way }) =>
      kind === difference.kind && isNamed(name, difference.name) && isOnItsWay(difference, way),
  );
