import { asFields, asList } from '../../../src/domain/sql-tree.ts';
import { isNew } from '../lint/known.ts';
import { keyOf, partsOf, sayRelation } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const rules: readonly Rule[] = [
  {
    id: 'index-not-concurrent',
    row: 26,
    class: 'locking',
    level: 'warning',
    sees: 'CREATE INDEX without CONCURRENTLY on a table that is there',
    remedy: 'CREATE INDEX CONCURRENTLY in a file of its own.',
  },
  {
    id: 'drop-index-not-concurrent',
    row: 27,
    class: 'locking',
    level: 'warning',
    sees: 'DROP INDEX without CONCURRENTLY',
    remedy: 'DROP INDEX CONCURRENTLY in a file of its own.',
  },
];

/** Indexes (rows 26, 27); an index of a table that the same file makes holds nobody up. */
export const indexes: Family = {
  rules,
  inspect: ({ kind, fields, at }, known): readonly Hit[] => {
    if (fields.concurrent === true) return [];
    if (kind === 'IndexStmt') {
      const table = asFields(fields.relation);
      const said = `builds an index on ${sayRelation(table)} and stops writes until it is there`;
      return isNew(known, keyOf(table)) ? [] : [{ rule: 'index-not-concurrent', at, said }];
    }
    if (kind !== 'DropStmt' || fields.removeType !== 'OBJECT_INDEX') return [];
    const names = asList(fields.objects).map((one) => partsOf(one).join('.'));
    const said = `drops ${names.join(', ')} under a lock that stops everybody`;
    return [{ rule: 'drop-index-not-concurrent', at, said }];
  },
};
