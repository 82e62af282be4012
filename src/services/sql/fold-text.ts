import { asFields, asList, entryOf, type SqlFields, textOf } from '../../domain/sql-tree.ts';

function foldExpression(fields: SqlFields): string | undefined {
  if (textOf(asList(fields.name)[0]) !== '||') return undefined;
  const [left, right] = [foldNode(fields.lexpr), foldNode(fields.rexpr)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** format('…') without values is its own text; with values it is not known. */
function foldFormat(fields: SqlFields): string | undefined {
  const args = asList(fields.args);
  if (textOf(asList(fields.funcname).at(-1)) !== 'format' || args.length !== 1) return undefined;
  return foldNode(args[0])?.replaceAll('%%', '%');
}

function foldNode(node: unknown): string | undefined {
  const [kind, fields] = entryOf(node);
  if (kind === 'A_Const') {
    const { sval } = asFields(fields.sval);
    return typeof sval === 'string' ? sval : undefined;
  }
  if (kind === 'TypeCast') return foldNode(fields.arg);
  if (kind === 'A_Expr') return foldExpression(fields);
  return kind === 'FuncCall' ? foldFormat(fields) : undefined;
}

/** The text that an expression always has, from the tree of `SELECT <expression>`; undefined when it depends on anything. */
export function foldText(select: SqlFields): string | undefined {
  const [target] = asList(select.targetList);
  return foldNode(asFields(target?.ResTarget).val);
}
