import { asFields, asList, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';

/** Key of a relation: `public.users`, or `.users` where no schema is written. */
export const keyOf = (relation: SqlFields): string =>
  relation.relname === undefined ? '' : `${relation.schemaname ?? ''}.${relation.relname}`;

/** A relation as people write it. */
export const sayRelation = (relation: SqlFields): string =>
  [relation.schemaname, relation.relname].filter((part) => part !== undefined).join('.');

/** Names in the objects of a DROP, each as its parts. */
export function partsOf(object: SqlFields): readonly string[] {
  const list = asList(
    asFields(object.List).items ?? asFields(object.TypeName).names ?? asFields(object.ObjectWithArgs).objname,
  );
  return list.length > 0 ? list.map((one) => textOf(one) || partsOf(one).join('.')) : [textOf(object)];
}

/** Key of a relation that is written as parts, like the objects of a DROP. */
export const keyOfParts = (parts: readonly string[]): string =>
  parts.length > 1 ? parts.slice(-2).join('.') : `.${parts[0] ?? ''}`;
