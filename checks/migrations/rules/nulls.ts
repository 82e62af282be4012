import { nameOf, type SqlFields } from '../../../src/domain/sql-tree.ts';
import { commandsOf, type TableCommand } from '../lint/commands-of.ts';
import { isNew, isProven, type Known } from '../lint/known.ts';
import { provenColumn } from '../lint/proven-column.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';

const rules: readonly Rule[] = [
  {
    id: 'drop-not-null',
    row: 11,
    class: 'incompatible',
    level: 'warning',
    sees: 'ALTER COLUMN … DROP NOT NULL',
    remedy: 'Make sure that the live code and the code after a rollback can read NULL.',
  },
  {
    id: 'drop-default',
    row: 11,
    class: 'incompatible',
    level: 'warning',
    sees: 'ALTER COLUMN … DROP DEFAULT, DROP IDENTITY, DROP EXPRESSION; ALTER DOMAIN … DROP DEFAULT',
    remedy: 'Let code that fills the column go live first; the live code may rely on the default.',
  },
  {
    id: 'set-not-null',
    row: 20,
    class: 'locking',
    level: 'warning',
    sees: 'SET NOT NULL or a NOT NULL constraint that reads the whole table; nothing after a CHECK (… IS NOT NULL) that is valid',
    remedy:
      'ADD CONSTRAINT … CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a later file, then SET NOT NULL.',
  },
];

const isValidating = ({ constraint }: TableCommand): boolean =>
  constraint.contype === 'CONSTR_NOTNULL' && constraint.skip_validation !== true;

function columnOf(command: TableCommand): string | undefined {
  if (command.kind === 'AT_SetNotNull') return command.name;
  return isValidating(command) ? provenColumn(command.constraint) : undefined;
}

const FILLED: Readonly<Record<string, string>> = {
  AT_DropIdentity: 'no longer counts',
  AT_DropExpression: 'no longer computes',
};

function inspectCommand(command: TableCommand, at: number, known: Known): readonly Hit[] {
  const { kind, said, name, table, fields } = command;
  if (kind === 'AT_DropNotNull') return [{ rule: 'drop-not-null', at, said: `lets ${said}.${name} be NULL` }];
  if (kind === 'AT_ColumnDefault' && fields.def === undefined)
    return [{ rule: 'drop-default', at, said: `drops the default of ${said}.${name}` }];
  const filled = FILLED[kind];
  if (filled !== undefined) return [{ rule: 'drop-default', at, said: `${filled} ${said}.${name}` }];
  const column = columnOf(command);
  return column === undefined || isProven(known, table, column)
    ? []
    : [{ rule: 'set-not-null', at, said: `reads all of ${said} under a lock to prove ${column}` }];
}

const SETS_NOT_NULL = 'O';
const DROPS_NOT_NULL = 'N';
const SETS_DEFAULT = 'T';

function inspectDomain({ subtype, typeName, def }: SqlFields, at: number): readonly Hit[] {
  if (subtype === DROPS_NOT_NULL)
    return [{ rule: 'drop-not-null', at, said: `lets the domain ${nameOf(typeName)} be NULL` }];
  if (subtype === SETS_DEFAULT && def === undefined)
    return [{ rule: 'drop-default', at, said: `drops the default of the domain ${nameOf(typeName)}` }];
  if (subtype !== SETS_NOT_NULL) return [];
  return [{ rule: 'set-not-null', at, said: `reads every table that uses the domain ${nameOf(typeName)}` }];
}

/** NULL and defaults of columns that are there (rows 11, 20). */
export const nulls: Family = {
  rules,
  inspect: (statement, known) =>
    statement.kind === 'AlterDomainStmt'
      ? inspectDomain(statement.fields, statement.at)
      : commandsOf(statement)
          .filter(({ table }) => !isNew(known, table))
          .flatMap((command) => inspectCommand(command, statement.at, known)),
};
