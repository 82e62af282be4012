import { asFields, asList, findNodes, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';
import type { SqlStatement } from '../../../src/services/sql/port.ts';

/** Where tables without a schema are made from now on; undefined when that cannot be told. */
interface Path {
  readonly schema: string | undefined;
}

const CALLS = new Set(['FuncCall']);

const constantOf = (node: SqlFields | undefined): string | undefined => {
  const { sval } = asFields(asFields(node?.A_Const).sval);
  return typeof sval === 'string' ? sval : undefined;
};

/** `set_config('search_path', …)`, or one of a setting that is not written out. */
function isPathCall({ funcname, args }: SqlFields): boolean {
  if (textOf(asList(funcname).at(-1)) !== 'set_config') return false;
  const name = constantOf(asList(args)[0]);
  return name === undefined || name.toLowerCase() === 'search_path';
}

function readSet({ kind, name, args }: SqlFields): Path | undefined {
  if (kind === 'VAR_RESET_ALL') return { schema: undefined };
  if (name !== 'search_path') return undefined;
  const [first] = asList(args);
  return { schema: kind === 'VAR_SET_VALUE' ? constantOf(first) || undefined : undefined };
}

/** The search path that a statement sets; undefined for one that leaves it as it is. */
export function readPath({ kind, fields, origin }: SqlStatement): Path | undefined {
  if (kind === 'VariableSetStmt') {
    const path = readSet(fields);
    return path === undefined || origin === 'file' ? path : { schema: undefined };
  }
  if (kind === 'DiscardStmt') return { schema: undefined };
  return findNodes(fields, CALLS).some(([, call]) => isPathCall(call)) ? { schema: undefined } : undefined;
}
