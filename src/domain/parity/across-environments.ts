import type { Catalogue, CatalogueItem } from '../catalogue.ts';
import type { Side } from './likeness.ts';

/** Two schemas as far as they can be held against each other, and the roles that kept some rights from it. */
export interface Across {
  readonly left: Catalogue;
  readonly right: Catalogue;
  /** `reporting (staging)`: roles with rights that the other environment does not have at all. */
  readonly lone: readonly string[];
}

/** Roles that the other server lacks; where its roles were not told, none: then every right has to be the same. */
function findLone({ items }: Catalogue, { roles }: Catalogue): ReadonlySet<string> {
  if (roles === undefined) return new Set();
  const known = new Set(roles);
  return new Set(items.flatMap(({ roles: named = [] }) => named.filter((role) => !known.has(role))));
}

function leaveOut({ items, ...rest }: Catalogue, lone: ReadonlySet<string>): Catalogue {
  const isCompared = ({ kind, roles = [] }: CatalogueItem): boolean =>
    kind !== 'owner' && !roles.some((role) => lone.has(role));
  return { ...rest, items: items.filter(isCompared) };
}

/**
 * Without what two environments have each of their own: who owns an object, and the rights of roles that only one of
 * them has. The rights of roles that both have, of PUBLIC and of an object's owner, whatever that is called, stay.
 */
export function acrossEnvironments(left: Side, right: Side): Across {
  const lefts = findLone(withoutOwners(left.catalogue), right.catalogue);
  const rights = findLone(withoutOwners(right.catalogue), left.catalogue);
  return {
    left: leaveOut(left.catalogue, lefts),
    right: leaveOut(right.catalogue, rights),
    lone: [
      ...[...lefts].sort().map((role) => `${role} (${left.env})`),
      ...[...rights].sort().map((role) => `${role} (${right.env})`),
    ],
  };
}

const withoutOwners = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  items: catalogue.items.filter(({ kind }) => kind !== 'owner'),
});
