import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
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
  {
    id: 'index-on-partitioned',
    row: 26,
    class: 'locking',
    level: 'warning',
    sees: 'CREATE INDEX on a partitioned table that the files make; an error with CONCURRENTLY, which PostgreSQL refuses there',
    remedy:
      'CREATE INDEX … ON ONLY the table, CONCURRENTLY on each partition in files of their own, then ATTACH them.',
  },
];

function inspectPartitioned(fields: SqlFields, at: number): readonly Hit[] {
  const table = asFields(fields.relation);
  const rule = 'index-on-partitioned';
  const name = sayRelation(table);
  if (table.inh !== true) return [];
  return fields.concurrent === true
    ? [
        {
          rule,
          at,
          level: 'error',
          class: 'incompatible',
          said: `builds an index on ${name}, a partitioned table`,
        },
      ]
    : [
        {
          rule,
          at,
          said: `builds an index on every partition of ${name} and stops writes until all are there`,
        },
      ];
}

/** Indexes (rows 26, 27); an index of a table that the same file makes holds nobody up. */
export const indexes: Family = {
  rules,
  inspect: ({ kind, fields, at }, known): readonly Hit[] => {
    const key = keyOf(asFields(fields.relation));
    if (kind === 'IndexStmt' && known.get(key)?.isPartitioned === true && !isNew(known, key))
      return inspectPartitioned(fields, at);
    if (fields.concurrent === true) return [];
    if (kind === 'IndexStmt') {
      const table = asFields(fields.relation);
      const said = `builds an index on ${sayRelation(table)} and stops writes until it is there`;
      return isNew(known, key) ? [] : [{ rule: 'index-not-concurrent', at, said }];
    }
    if (kind !== 'DropStmt' || fields.removeType !== 'OBJECT_INDEX') return [];
    const names = asList(fields.objects).map((one) => partsOf(one).join('.'));
    const said = `drops ${names.join(', ')} under a lock that stops everybody`;
    return [{ rule: 'drop-index-not-concurrent', at, said }];
  },
};
