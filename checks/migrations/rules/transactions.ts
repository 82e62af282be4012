import { asFields, asList, type SqlFields } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';
import type { Hit, Rule } from '../lint/rule.ts';

export const transactionRules: readonly Rule[] = [
  {
    id: 'concurrent-in-transaction',
    row: 28,
    class: 'incompatible',
    level: 'error',
    sees: 'CONCURRENTLY after BEGIN or in a block; a warning where the file holds other statements too',
    remedy: 'Give it a file of its own: a runner that wraps files in a transaction refuses it otherwise.',
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

const isConcurrently = (fields: SqlFields): boolean =>
  fields.concurrent === true ||
  asList(fields.params).some((one) => asFields(one.DefElem).defname === 'concurrently') ||
  asList(fields.cmds).some(
    (one) => asFields(asFields(asFields(one.AlterTableCmd).def).PartitionCmd).concurrent === true,
  );

/** REFRESH … CONCURRENTLY is the one that may run in a transaction. */
const isConcurrent = ({ kind, fields, origin }: SqlStatement): boolean =>
  kind !== 'RefreshMatViewStmt' && origin !== 'function' && isConcurrently(fields);

const kindOf = ({ fields }: SqlStatement): string => String(fields.kind);
const isControl = ({ kind, origin }: SqlStatement): boolean =>
  kind === 'TransactionStmt' && origin !== 'function';

function isOpenAt(statements: readonly SqlStatement[], at: number): boolean {
  const before = statements.filter((one) => isControl(one) && one.at < at).map(kindOf);
  return before.findLastIndex((one) => BEGINS.has(one)) > before.findLastIndex((one) => ENDS.has(one));
}

function inspectConcurrent(statements: readonly SqlStatement[]): readonly Hit[] {
  const others = statements.filter((one) => one.kind !== 'VariableSetStmt' && one.origin !== 'function');
  return statements.filter(isConcurrent).flatMap((one): readonly Hit[] => {
    const hit = { rule: 'concurrent-in-transaction', at: one.at };
    const isInside = one.origin === 'block' || isOpenAt(statements, one.at);
    if (isInside) return [{ ...hit, said: 'runs CONCURRENTLY in a transaction, which PostgreSQL refuses' }];
    const said = 'runs CONCURRENTLY beside other statements: when it fails, those before it stay';
    return others.length > 1 ? [{ ...hit, level: 'warning', said }] : [];
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
  ...inspectControl(statements),
  ...inspectTimeout(statements),
];
