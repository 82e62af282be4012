import { asFields, asList, entryOf, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';

const VALUES = ['ival', 'fval', 'sval', 'boolval', 'bsval'];

/** A constant as text that two equal ones share; undefined for what is none. */
function constantOf(node: unknown): string | undefined {
  const [kind, fields] = entryOf(node);
  if (kind === 'TypeCast') return constantOf(fields.arg);
  if (kind !== 'A_Const' || fields.isnull === true) return undefined;
  const key = VALUES.find((one) => fields[one] !== undefined);
  return key === undefined ? undefined : JSON.stringify(fields[key]);
}

const columnOf = (node: unknown): string | undefined => {
  const [kind, fields] = entryOf(node);
  return kind === 'ColumnRef' ? `column ${asList(fields.fields).map(textOf).join('.')}` : undefined;
};

/** A zero has no fields in the tree. */
function numberOf(node: unknown): number | undefined {
  const [kind, { ival, fval }] = entryOf(node);
  if (kind !== 'A_Const') return undefined;
  if (ival !== undefined) return Number(asFields(ival).ival ?? 0);
  return fval === undefined ? undefined : Number(asFields(fval).fval);
}

function compareNumbers(operator: string, left?: number, right?: number): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  const holds = { '<': left < right, '>': left > right, '<=': left <= right, '>=': left >= right };
  return operator in holds ? holds[operator as keyof typeof holds] : undefined;
}

/** True for `1 = 1` and `id = id`, false for what never holds, undefined for what depends on the row. */
function compare({ name, lexpr, rexpr, kind }: SqlFields): boolean | undefined {
  if (kind !== 'AEXPR_OP') return undefined;
  const operator = textOf(asList(name)[0]);
  const [left, right] = [constantOf(lexpr), constantOf(rexpr)];
  const isColumn = columnOf(lexpr) !== undefined && columnOf(lexpr) === columnOf(rexpr);
  if (operator === '=') return isColumn || (left !== undefined && left === right) ? true : undefined;
  const isDifferent = left !== undefined && right !== undefined && left !== right;
  if (operator === '<>') return isDifferent ? true : undefined;
  return compareNumbers(operator, numberOf(lexpr), numberOf(rexpr));
}

function truthOf(node: unknown): boolean | undefined {
  const [kind, fields] = entryOf(node);
  if (kind === 'A_Const' && fields.boolval !== undefined) return asFields(fields.boolval).boolval === true;
  if (kind === 'TypeCast') return castTruth(fields);
  if (kind === 'A_Expr') return compare(fields);
  if (kind !== 'BoolExpr') return undefined;
  const truths = asList(fields.args).map(truthOf);
  if (fields.boolop === 'NOT_EXPR') return truths[0] === undefined ? undefined : !truths[0];
  if (fields.boolop === 'OR_EXPR') return truths.includes(true) ? true : undefined;
  return truths.every((one) => one === true) ? true : truths.includes(false) ? false : undefined;
}

/** `'t'::boolean` and the like. */
function castTruth({ arg, typeName }: SqlFields): boolean | undefined {
  if (textOf(asList(asFields(typeName).names).at(-1)) !== 'bool') return undefined;
  const { sval } = asFields(asFields(asFields(arg).A_Const).sval);
  if (typeof sval !== 'string') return truthOf(arg);
  return /^\s*(?:t|true|y|yes|on|1)\s*$/i.test(sval);
}

/** True for a condition that no row fails, however it is written. */
export const isAlwaysTrue = (condition: unknown): boolean => truthOf(condition) === true;
