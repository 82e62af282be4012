import { asFields, nameOf, type SqlFields } from '../../../src/domain/sql-tree.ts';
import { commandsOf, constraintsOf, type TableCommand } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const locking = (id: string, row: number, sees: string, remedy: string): Rule => ({
  id,
  row,
  class: 'locking',
  level: 'warning',
  sees,
  remedy,
});

const NOT_VALID = 'Add it NOT VALID, and VALIDATE it in a file of its own.';
const BY_INDEX = 'CREATE UNIQUE INDEX CONCURRENTLY in a file of its own, then ADD CONSTRAINT … USING INDEX.';

const rules: readonly Rule[] = [
  {
    id: 'drop-constraint',
    row: 12,
    class: 'incompatible',
    level: 'warning',
    sees: 'DROP CONSTRAINT',
    remedy: 'Make sure that nothing relies on it; adding it again reads the whole table.',
  },
  locking('add-fk-validating', 21, 'FOREIGN KEY without NOT VALID', NOT_VALID),
  locking('add-check-validating', 22, 'CHECK without NOT VALID', NOT_VALID),
  locking(
    'validate-in-same-transaction',
    23,
    'VALIDATE CONSTRAINT in the file that adds it',
    'VALIDATE it in a file of its own: the lock of ADD is held until the file ends.',
  ),
  locking('add-unique', 24, 'UNIQUE without USING INDEX', BY_INDEX),
  locking('add-primary-key', 24, 'PRIMARY KEY without USING INDEX', BY_INDEX),
  locking(
    'exclusion-constraint',
    25,
    'EXCLUDE constraint',
    'It cannot be added without the lock; do it when nobody writes, within the lock timeout.',
  ),
];

const VALIDATING: Readonly<Record<string, string>> = {
  CONSTR_FOREIGN: 'add-fk-validating',
  CONSTR_CHECK: 'add-check-validating',
};
const INDEXING: Readonly<Record<string, string>> = {
  CONSTR_UNIQUE: 'add-unique',
  CONSTR_PRIMARY: 'add-primary-key',
  CONSTR_EXCLUSION: 'exclusion-constraint',
};

function ruleOf(constraint: SqlFields): string | undefined {
  const type = String(constraint.contype);
  const isValidating = constraint.skip_validation !== true && constraint.is_enforced !== false;
  if (VALIDATING[type] !== undefined) return isValidating ? VALIDATING[type] : undefined;
  return constraint.indexname === undefined ? INDEXING[type] : undefined;
}

/** A foreign key of a new column without a default is valid at once: every value is NULL. */
const isTrivial = (column: SqlFields, { contype }: SqlFields): boolean =>
  contype === 'CONSTR_FOREIGN' && !constraintsOf(column).some((one) => one.contype === 'CONSTR_DEFAULT');

const writtenWith = (column: SqlFields): readonly SqlFields[] =>
  constraintsOf(column).filter((one) => !isTrivial(column, one));

const sayWork: Readonly<Record<string, string>> = {
  'add-fk-validating': 'checks every row under a lock that stops writes',
  'add-check-validating': 'checks every row under a lock that stops everybody',
};

function inspectCommand(command: TableCommand, at: number, known: Known): readonly Hit[] {
  const { kind, said, name, table, constraint, column } = command;
  if (kind === 'AT_DropConstraint')
    return [{ rule: 'drop-constraint', at, said: `drops the constraint ${name} of ${said}` }];
  if (kind === 'AT_ValidateConstraint' && known.get(table)?.proofs.get(name)?.isHere)
    return [{ rule: 'validate-in-same-transaction', at, said: `validates ${name} in the file that adds it` }];
  const constraints = kind === 'AT_AddColumn' ? writtenWith(column) : [constraint];
  return constraints.flatMap((one) => {
    const rule = ruleOf(one);
    const work = sayWork[rule ?? ''] ?? 'builds an index under a lock that stops everybody';
    return rule === undefined ? [] : [{ rule, at, said: `adds a constraint to ${said} and ${work}` }];
  });
}

/** A domain's check is proven against every table that uses the domain, and those are not new. */
function inspectDomain({ subtype, def, name, typeName }: SqlFields, at: number): readonly Hit[] {
  const domain = nameOf(typeName);
  if (subtype === 'X')
    return [{ rule: 'drop-constraint', at, said: `drops the constraint ${name} of ${domain}` }];
  const constraint = asFields(asFields(def).Constraint);
  if (subtype !== 'C' || ruleOf(constraint) !== 'add-check-validating') return [];
  const said = `adds a constraint to the domain ${domain} and checks every row of the tables that use it`;
  return [{ rule: 'add-check-validating', at, said }];
}

/** Constraints on tables that have rows (rows 12, 21–25). */
export const constraints: Family = {
  rules,
  inspect: (statement, known) =>
    statement.kind === 'AlterDomainStmt'
      ? inspectDomain(statement.fields, statement.at)
      : commandsOf(statement)
          .filter(({ table }) => !isNew(known, table))
          .flatMap((command) => inspectCommand(command, statement.at, known)),
};
