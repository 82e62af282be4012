import { asFields, asList, type SqlFields, textOf } from '../../../src/domain/sql-tree.ts';

/** A type as the catalogue names it, without `pg_catalog`. */
export interface SqlType {
  readonly name: string;
  /** Length, or precision and scale. */
  readonly mods: readonly number[];
  readonly isArray: boolean;
}

const SERIAL: Readonly<Record<string, string>> = {
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
};

const numberOf = (node: SqlFields): number => {
  const { ival } = asFields(asFields(node.A_Const).ival);
  return typeof ival === 'number' ? ival : 0;
};

const bareName = (typeName: SqlFields): string => textOf(asList(typeName.names).at(-1));

/** True for serial and its kind, which are a sequence and a default. */
export const isSerial = (typeName: SqlFields): boolean => bareName(typeName) in SERIAL;

export function typeOf(typeName: SqlFields): SqlType {
  const name = bareName(typeName);
  return {
    name: SERIAL[name] ?? name,
    mods: asList(typeName.typmods).map(numberOf),
    isArray: asList(typeName.arrayBounds).length > 0,
  };
}

const SAID: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bpchar: 'char',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
};

export const sayType = ({ name, mods, isArray }: SqlType): string =>
  `${SAID[name] ?? name}${mods.length > 0 ? `(${mods.join(',')})` : ''}${isArray ? '[]' : ''}`;
