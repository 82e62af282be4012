import { asList, findNodes, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';

const CALLS = new Set(['FuncCall', 'funccall']);

/** They name a function that others set off from then on: the file itself, and the live code. */
const TRIGGERS = new Set(['CreateTrigStmt', 'CreateEventTrigStmt']);

/** Bare names of the functions that a statement calls by itself, or has called. */
export function callsOf({ kind, fields }: SqlStatement): readonly string[] {
  if (kind === 'CreateFunctionStmt') return [];
  const calls = findNodes(fields, CALLS).map(([, call]) => call);
  return [...calls, ...(TRIGGERS.has(kind) ? [fields] : [])].map(({ funcname }) =>
    textOf(asList(funcname).at(-1)),
  );
}

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
