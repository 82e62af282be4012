import type { AppliedMigration, MigrationFile } from '../../../src/services/postgres/port.ts';

/** Why a file cannot be applied as it is (row 36). */
export type OrderTrouble = 'out-of-order' | 'edited-applied';

/**
 * Pending files that the database knows with another text, or that are older than what it knows: Drizzle applies
 * neither and says nothing. A journal without times tells nothing about either.
 */
export function findOrderTrouble(
  pending: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): ReadonlyMap<string, OrderTrouble> {
  const times = applied.flatMap(({ when }) => (when === undefined ? [] : [when]));
  const newest = Math.max(Number.NEGATIVE_INFINITY, ...times);
  const troubleOf = ({ when }: MigrationFile): OrderTrouble | undefined => {
    if (times.includes(when)) return 'edited-applied';
    return when < newest ? 'out-of-order' : undefined;
  };
  const found = pending.map((file) => [file.tag, troubleOf(file)] as const);
  return new Map(found.filter((one): one is [string, OrderTrouble] => one[1] !== undefined));
}
