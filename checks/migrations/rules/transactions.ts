import { findNodes, nameOf } from '../../../src/domain/sql-tree.ts';
import { wayOf } from '../../../src/domain/statement-way.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import type { Hit, Rule } from '../lint/rule.ts';

export const transactionRules: readonly Rule[] = [
  {
    id: 'concurrent-in-transaction',
    row: 28,
    class: 'incompatible',
    level: 'error',
    sees: 'CONCURRENTLY, VACUUM and what else PostgreSQL runs in no transaction, after BEGIN or in a block; a warning where the file holds other statements too',
    remedy: 'Give it a file of its own: a runner that wraps files in a transaction refuses it otherwise.',
  },
  {
    id: 'enum-value-in-same-file',
    row: 28,
    class: 'incompatible',
    level: 'error',
    sees: 'a value that ALTER TYPE … ADD VALUE brings, written again further down in the file',
    remedy: 'Use it in a later file: PostgreSQL refuses a value in the transaction that adds it.',
  },
  {
    id: 'transaction-control',
    row: 30,
    class: 'incompatible',
    level: 'error',
    sees: 'BEGIN, COMMIT, ROLLBACK, SAVEPOINT',
    remedy: 'Take it out: a file and the note that it was applied are one transaction.',
    isFinal: true,
  },
  {
    id: 'missing-lock-timeout',
    row: 31,
    class: 'locking',
    level: 'note',
    isStyle: true,
    sees: 'a change of a table without SET lock_timeout before it (the built-in runner sets one)',
    remedy: "SET lock_timeout = '3s' at the top, when another program runs the file.",
  },
];

const BEGINS = new Set(['TRANS_STMT_BEGIN', 'TRANS_STMT_START']);
const ENDS = new Set(['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE']);
const CHANGES = /^(?:AlterTable|Index|Drop|Rename|Truncate|Cluster|Lock|CreateTrig)Stmt$/;

const isAlone = ({ kind, fields, origin }: SqlStatement): boolean =>
  origin !== 'function' && /^(?:concurrent|outside)$/.test(wayOf({ [kind]: fields }));
const sayAlone = ({ kind, fields }: SqlStatement): string =>
  wayOf({ [kind]: fields }) === 'concurrent' ? 'runs CONCURRENTLY' : 'runs what needs to be by itself';

const kindOf = ({ fields }: SqlStatement): string => String(fields.kind);
const isControl = ({ kind, origin }: SqlStatement): boolean =>
  kind === 'TransactionStmt' && origin !== 'function';

function isOpenAt(statements: readonly SqlStatement[], at: number): boolean {
  const before = statements.filter((one) => isControl(one) && one.at < at).map(kindOf);
  return before.findLastIndex((one) => BEGINS.has(one)) > before.findLastIndex((one) => ENDS.has(one));
}

function inspectConcurrent(statements: readonly SqlStatement[]): readonly Hit[] {
  const others = statements.filter((one) => one.kind !== 'VariableSetStmt' && one.origin !== 'function');
  return statements.filter(isAlone).flatMap((one): readonly Hit[] => {
    const hit = { rule: 'concurrent-in-transaction', at: one.at };
    const isInside = one.origin === 'block' || isOpenAt(statements, one.at);
    if (isInside) return [{ ...hit, said: `${sayAlone(one)} in a transaction, which PostgreSQL refuses` }];
    const said = `${sayAlone(one)} beside other statements: when it fails, those before it stay`;
    return others.length > 1 ? [{ ...hit, level: 'warning', said }] : [];
  });
}

const textsOf = ({ fields }: SqlStatement): readonly unknown[] =>
  findNodes(fields, new Set(['sval'])).map(([, { sval }]) => sval);

/** A value of a type that the file makes itself may be used at once. */
function inspectEnums(statements: readonly SqlStatement[]): readonly Hit[] {
  const running = statements.filter(({ origin }) => origin !== 'function');
  const made = running
    .filter(({ kind }) => kind === 'CreateEnumStmt')
    .map(({ fields }) => nameOf(fields.typeName));
  return running.flatMap(({ kind, fields }, i): readonly Hit[] => {
    const isAdded = kind === 'AlterEnumStmt' && fields.oldVal === undefined;
    if (!isAdded || made.includes(nameOf(fields.typeName))) return [];
    const use = running.slice(i + 1).find((one) => textsOf(one).includes(fields.newVal));
    const said = `uses ${fields.newVal} in the transaction that adds it, which PostgreSQL refuses`;
    return use === undefined ? [] : [{ rule: 'enum-value-in-same-file', at: use.at, said }];
  });
}

/** BEGIN, COMMIT and their kind (row 30). */
export function inspectControl(statements: readonly SqlStatement[]): readonly Hit[] {
  const controls = statements.filter(isControl);
  const isLeftOpen = isOpenAt(controls, Number.POSITIVE_INFINITY);
  return controls.map((one, i) => ({
    rule: 'transaction-control',
    at: one.at,
    said:
      isLeftOpen && i === controls.length - 1
        ? 'begins a transaction that no COMMIT ends'
        : 'begins or ends a transaction by itself',
  }));
}

function inspectTimeout(statements: readonly SqlStatement[]): readonly Hit[] {
  const first = statements.find((one) => CHANGES.test(one.kind) && one.origin !== 'function');
  const set = statements.find((one) => one.kind === 'VariableSetStmt' && one.fields.name === 'lock_timeout');
  if (first === undefined || (set !== undefined && set.at < first.at)) return [];
  return [{ rule: 'missing-lock-timeout', at: first.at, said: 'waits for its lock without a limit' }];
}

/** What a file says about transactions and waiting as a whole (rows 28, 30, 31). */
export const inspectTransactions = (statements: readonly SqlStatement[]): readonly Hit[] => [
  ...inspectConcurrent(statements),
  ...inspectEnums(statements),
  ...inspectControl(statements),
  ...inspectTimeout(statements),
];
