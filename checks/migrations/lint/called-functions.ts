import { asList, findNodes, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';

const CALLS = new Set(['FuncCall', 'funccall']);

/** Bare names of the functions that a statement calls by itself. */
export const callsOf = ({ kind, fields }: SqlStatement): readonly string[] =>
  kind === 'CreateFunctionStmt'
    ? []
    : findNodes(fields, CALLS).map(([, call]) => textOf(asList(call.funcname).at(-1)));

/** Bare names of the functions that run while the file runs, also those that another one calls. */
export function calledFunctions(statements: readonly SqlStatement[]): ReadonlySet<string> {
  const called = new Set(statements.filter((one) => one.inside === undefined).flatMap(callsOf));
  const bodies = statements.filter((one) => one.inside !== undefined);
  for (let before = -1; before !== called.size; ) {
    before = called.size;
    for (const one of bodies)
      if (called.has(one.inside ?? '')) for (const name of callsOf(one)) called.add(name);
  }
  return called;
}
