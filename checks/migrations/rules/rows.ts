import { asFields, asList, findNodes, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import { isAlwaysTrue } from '../lint/is-always-true.ts';
import { isNew, type Known } from '../lint/known.ts';
import { keyOf, sayRelation } from '../lint/names.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const rules: readonly Rule[] = [
  {
    id: 'truncate',
    row: 5,
    class: 'destructive',
    level: 'error',
    sees: 'TRUNCATE',
    remedy: 'Delete rows in batches by a job, with a backup, outside of the release.',
  },
  {
    id: 'delete-without-where',
    row: 6,
    class: 'destructive',
    level: 'error',
    sees: 'DELETE without WHERE or with one that is always true, also in a CTE; MERGE … THEN DELETE without AND',
    remedy: 'Say which rows: WHERE …',
  },
  {
    id: 'delete-rows',
    row: 6,
    class: 'destructive',
    level: 'warning',
    sees: 'DELETE with WHERE, MERGE … AND … THEN DELETE',
    remedy: 'Count the rows first; a rollback script cannot bring them back.',
  },
  {
    id: 'update-without-where',
    row: 7,
    class: 'destructive',
    level: 'warning',
    sees: 'UPDATE without WHERE or with one that is always true',
    remedy: 'Fill in batches by a job; one statement locks every row until it ends.',
  },
];

const KINDS = new Set(['DeleteStmt', 'UpdateStmt', 'MergeStmt', 'TruncateStmt']);
/** What only describes a statement does not run it. */
const NOT_RUN = new Set(['RuleStmt', 'CreateFunctionStmt', 'DoStmt']);

const isAnalyzed = (fields: SqlFields): boolean =>
  asList(fields.options).some((one) => asFields(one.DefElem).defname === 'analyze');

function inspectMerge(fields: SqlFields): Omit<Hit, 'at'> | undefined {
  const clauses = asList(fields.mergeWhenClauses).map((one) => asFields(one.MergeWhenClause));
  const deleting = clauses.filter((one) => one.commandType === 'CMD_DELETE');
  if (deleting.length === 0) return undefined;
  const isAll = deleting.some((one) => one.condition === undefined || isAlwaysTrue(one.condition));
  const said = `deletes rows of ${sayRelation(asFields(fields.relation))} in a MERGE`;
  return { rule: isAll ? 'delete-without-where' : 'delete-rows', said };
}

function inspectRows(kind: string, fields: SqlFields): Omit<Hit, 'at'> | undefined {
  if (kind === 'MergeStmt') return inspectMerge(fields);
  const table = sayRelation(asFields(fields.relation));
  const isAll = fields.whereClause === undefined || isAlwaysTrue(fields.whereClause);
  if (kind === 'UpdateStmt')
    return isAll ? { rule: 'update-without-where', said: `writes every row of ${table}` } : undefined;
  return isAll
    ? { rule: 'delete-without-where', said: `deletes every row of ${table}` }
    : { rule: 'delete-rows', said: `deletes rows of ${table}` };
}

function inspectTruncate(fields: SqlFields, at: number, known: Known): readonly Hit[] {
  return asList(fields.relations)
    .map((one) => asFields(one.RangeVar))
    .filter((relation) => !isNew(known, keyOf(relation)))
    .map((relation) => ({ rule: 'truncate', at, said: `empties ${sayRelation(relation)}` }));
}

function inspectNode(kind: string, fields: SqlFields, at: number, known: Known): readonly Hit[] {
  if (kind === 'TruncateStmt') return inspectTruncate(fields, at, known);
  const relation = asFields(fields.relation);
  const hit = isNew(known, keyOf(relation)) ? undefined : inspectRows(kind, fields);
  return hit === undefined ? [] : [{ ...hit, at }];
}

/** Where a part of a statement stands: at its table, which is the first place that the parser knows of it. */
const placeOf = (fields: SqlFields, statement: SqlStatement): number => {
  const { location } = asFields(fields.relation);
  return typeof location === 'number' && location >= 0 ? location : statement.at;
};

/** Rows that go or are written over (rows 5–7), also inside of CTEs, PREPARE and EXPLAIN ANALYZE. */
export const rows: Family = {
  rules,
  inspect: (statement, known) => {
    const { kind, fields, at } = statement;
    if (NOT_RUN.has(kind) || (kind === 'ExplainStmt' && !isAnalyzed(fields))) return [];
    const own = KINDS.has(kind) ? inspectNode(kind, fields, at, known) : [];
    const inner = findNodes(fields, KINDS).flatMap(([of, one]) =>
      inspectNode(of, one, placeOf(one, statement), known),
    );
    return [...own, ...inner];
  },
};
