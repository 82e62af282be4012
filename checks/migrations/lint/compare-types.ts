import type { SqlType } from './sql-type.ts';

/** What a change of type costs: nothing; the table is written anew; values may not fit, or mean something else. */
export type TypeChange = 'safe' | 'rewrite' | 'narrow';

const TEXTS = new Set(['varchar', 'text']);
const INTS = ['int2', 'int4', 'int8'];
/** Precision of a type with fractions of a second; none is the most. */
const FRACTIONS = new Set(['timestamp', 'timestamptz', 'time', 'timetz']);
const LENGTHS = new Set(['varbit']);

/** Changes that keep every value and write every row. */
const WIDER = new Set([
  'int2 numeric',
  'int4 numeric',
  'int8 numeric',
  'float4 float8',
  'json jsonb',
  'date timestamp',
  'timestamp timestamptz',
  'bpchar text',
  'bpchar varchar',
]);

const limitOf = ({ mods }: SqlType): number => mods[0] ?? Number.POSITIVE_INFINITY;
const isTexts = (from: SqlType, to: SqlType): boolean => TEXTS.has(from.name) && TEXTS.has(to.name);

function compareNumeric(from: SqlType, to: SqlType): TypeChange {
  if (to.mods.length === 0) return 'safe';
  if (from.mods.length === 0) return 'narrow';
  const [precision = 0, scale = 0] = from.mods;
  const [nextPrecision = 0, nextScale = 0] = to.mods;
  if (nextScale === scale) return nextPrecision >= precision ? 'safe' : 'narrow';
  return nextScale > scale && nextPrecision - nextScale >= precision - scale ? 'rewrite' : 'narrow';
}

function compareSame(from: SqlType, to: SqlType): TypeChange {
  if (from.name === 'numeric') return compareNumeric(from, to);
  if (from.mods.join() === to.mods.join()) return 'safe';
  if (from.name === 'interval') return compareIntervals(from, to);
  const grows = limitOf(to) >= limitOf(from);
  if (FRACTIONS.has(from.name) || LENGTHS.has(from.name)) return grows ? 'safe' : 'narrow';
  return grows ? 'rewrite' : 'narrow';
}

/** Fields like YEAR TO MONTH come first, fractions of a second after them; every field and every fraction is the most. */
function compareIntervals({ mods: from }: SqlType, { mods: to }: SqlType): TypeChange {
  if (to.length === 0) return 'safe';
  return from[0] === to[0] && from.length === 2 && (to[1] ?? 6) >= (from[1] ?? 6) ? 'safe' : 'narrow';
}

function compareInts(from: SqlType, to: SqlType): TypeChange {
  return INTS.indexOf(to.name) > INTS.indexOf(from.name) ? 'rewrite' : 'narrow';
}

/** PostgreSQL converts arrays one by one, also where a single value would stay as it is. */
function compareArrays(from: SqlType, to: SqlType): TypeChange {
  if (from.name === to.name && from.mods.join() === to.mods.join()) return 'safe';
  const ofOne = compareTypes({ ...from, isArray: false }, { ...to, isArray: false });
  return ofOne === 'safe' ? 'rewrite' : 'narrow';
}

/** Compares a column's type with its next one, as PostgreSQL would convert it without USING. */
export function compareTypes(from: SqlType, to: SqlType): TypeChange {
  if (from.isArray !== to.isArray) return 'narrow';
  if (from.isArray) return compareArrays(from, to);
  if (isTexts(from, to)) return limitOf(to) >= limitOf(from) ? 'safe' : 'narrow';
  if (from.name === to.name) return compareSame(from, to);
  if (from.name === 'cidr' && to.name === 'inet') return 'safe';
  if (INTS.includes(from.name) && INTS.includes(to.name)) return compareInts(from, to);
  const isWide = to.mods.length === 0 || FRACTIONS.has(to.name);
  return isWide && WIDER.has(`${from.name} ${to.name}`) ? 'rewrite' : 'narrow';
}

/** The same when the earlier type is not known: these next types are wider than what usually comes before them. */
export const isUsuallyWider = (to: SqlType): boolean =>
  !to.isArray && to.mods.length === 0 && ['text', 'varchar', 'int8', 'numeric', 'jsonb'].includes(to.name);
