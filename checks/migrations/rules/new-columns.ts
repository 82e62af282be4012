import {
  asFields,
  asList,
  entryOf,
  findNodes,
  type SqlFields,
  textOf,
} from '../../../src/domain/sql-tree.ts';
import { commandsOf, constraintsOf, type TableCommand } from '../lint/commands-of.ts';
import { isNew, type Known } from '../lint/known.ts';
import type { Family, Hit, Rule } from '../lint/rule.ts';
import { isSerial, typeOf } from '../lint/sql-type.ts';

const rewrite = (id: string, row: number, sees: string, remedy: string): Rule => ({
  id,
  row,
  class: 'rewrite',
  level: 'warning',
  sees,
  remedy,
});

const FILL = 'Add the column empty, set the default for new rows, fill the old ones in batches.';

const rules: readonly Rule[] = [
  {
    id: 'add-required-column',
    row: 17,
    class: 'incompatible',
    level: 'error',
    sees: 'ADD COLUMN … NOT NULL without DEFAULT',
    remedy: 'Give it a constant DEFAULT, or add it without NOT NULL: the live code does not write it.',
  },
  rewrite(
    'volatile-default',
    18,
    'ADD COLUMN … DEFAULT with a function that is not known to be stable',
    FILL,
  ),
  rewrite(
    'add-constrained-domain',
    19,
    'ADD COLUMN of a domain with NOT NULL or CHECK that the files make',
    FILL,
  ),
  rewrite('add-serial', 19, 'ADD COLUMN of serial, bigserial, smallserial', FILL),
  rewrite('add-identity', 19, 'ADD COLUMN … GENERATED … AS IDENTITY', FILL),
  rewrite(
    'add-generated-stored',
    19,
    'ADD COLUMN … GENERATED ALWAYS AS (…) STORED',
    'Make it VIRTUAL (PostgreSQL 18), or fill an ordinary column in batches.',
  ),
];

/** Evaluated once when the column is added, so no row is written. */
const STABLE = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_setting',
  'current_schema',
  'txid_current',
  'pg_current_xact_id',
  'date_trunc',
  'timezone',
  'to_char',
  'to_timestamp',
  'to_date',
  'make_date',
  'make_time',
  'make_timestamp',
  'make_timestamptz',
  'make_interval',
  'lower',
  'upper',
  'md5',
  'decode',
  'encode',
  'concat',
  'array_fill',
  'point',
  'int4range',
  'int8range',
  'numrange',
  'daterange',
  'tsrange',
  'tstzrange',
  'json_build_object',
  'json_build_array',
  'jsonb_build_object',
  'jsonb_build_array',
  'to_json',
  'to_jsonb',
  'to_tsvector',
]);

const has = (column: SqlFields, contype: string): boolean =>
  constraintsOf(column).some((one) => one.contype === contype);

const isNull = (node: unknown): boolean => {
  const [kind, { arg, isnull }] = entryOf(node);
  return kind === 'TypeCast' ? isNull(arg) : kind === 'A_Const' && isnull === true;
};

/** What fills the old rows; DEFAULT NULL fills nothing. */
function defaultOf(column: SqlFields): unknown {
  const expression = constraintsOf(column).find((one) => one.contype === 'CONSTR_DEFAULT')?.raw_expr;
  return isNull(expression) ? undefined : expression;
}

function unstableCall(expression: unknown): string | undefined {
  const names = findNodes(expression, new Set(['FuncCall'])).map(([, call]) =>
    textOf(asList(call.funcname).at(-1)),
  );
  return names.find((name) => !STABLE.has(name));
}

/** Filled by the server without a DEFAULT; undefined for an ordinary column. */
function filledBy(column: SqlFields): string | undefined {
  if (isSerial(asFields(column.typeName))) return 'add-serial';
  if (has(column, 'CONSTR_IDENTITY')) return 'add-identity';
  const generated = constraintsOf(column).find((one) => one.contype === 'CONSTR_GENERATED');
  if (generated === undefined) return undefined;
  return generated.generated_kind === 'v' ? '' : 'add-generated-stored';
}

function inspectColumn({ column, said }: TableCommand, at: number, known: Known): readonly Hit[] {
  const name = `${said}.${column.colname}`;
  const filled = filledBy(column);
  if (filled !== undefined)
    return filled === '' ? [] : [{ rule: filled, at, said: `adds ${name}, which writes the table anew` }];
  const call = unstableCall(defaultOf(column));
  if (call !== undefined)
    return [{ rule: 'volatile-default', at, said: `adds ${name} and calls ${call}() for every row` }];
  const domain = known.domains.get(typeOf(asFields(column.typeName)).name);
  const isRequired = has(column, 'CONSTR_NOTNULL') || has(column, 'CONSTR_PRIMARY') || domain?.isRequired;
  if (isRequired && defaultOf(column) === undefined)
    return [{ rule: 'add-required-column', at, said: `adds ${name}, which the live code does not fill` }];
  return domain === undefined
    ? []
    : [
        {
          rule: 'add-constrained-domain',
          at,
          said: `adds ${name} of a domain and writes the table anew to prove it`,
        },
      ];
}

/** Columns that come to a table which has rows (rows 17–19). */
export const newColumns: Family = {
  rules,
  inspect: (statement, known) =>
    commandsOf(statement)
      .filter(({ kind, table, isTable }) => kind === 'AT_AddColumn' && isTable && !isNew(known, table))
      .flatMap((command) => inspectColumn(command, statement.at, known)),
};
