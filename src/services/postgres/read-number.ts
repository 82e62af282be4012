import * as z from 'zod';
import { ReleaseError } from '../../domain/failure.ts';
import type { Address } from './address.ts';
import { type Ask, COUNTING_MS } from './ask.ts';
import { SEE_ALL_ROWS } from './count-rows.ts';

const row = z.record(z.string(), z.unknown());
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

// A column without a time zone holds UTC by convention; the zone of the database would move a bound by hours.
const IN_UTC = `select set_config('timezone', 'UTC', true)`;

const notANumber = (address: Address, came: string): ReleaseError =>
  new ReleaseError('E_DB_NUMBER', {
    what: `A query to ${address.called} must answer one number; ${came}.`,
    next: 'Write it as one SELECT with one column and one row, like select count(*) from users.',
    state: 'untouched',
  });

const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // count(*) and sum() are wider than a number of JavaScript, so the driver hands them over as text.
  if (typeof value !== 'string' || !NUMBER.test(value)) return undefined;
  const read = Number(value);
  return Number.isInteger(read) && !Number.isSafeInteger(read) ? undefined : read;
};

/** What came, without its value: it may be somebody's name. */
const kindOf = (value: unknown): string =>
  value === null ? 'nothing (null)' : value instanceof Date ? 'a date' : `a ${typeof value}`;

/**
 * The number that one SELECT answers, in a read-only transaction (DAT rows). Throws E_DB_NUMBER when anything else
 * comes, E_DB_TIMEOUT after two minutes or when nothing is `left` (ms, asked once its turn comes), E_DB_RIGHTS where a
 * policy would hide rows.
 */
export const readNumber = (
  ask: Ask,
  address: Address,
  sql: string,
  left: () => number = () => COUNTING_MS,
): Promise<number> =>
  ask(address, {
    doing: 'answer a query of the runbook',
    limitMs: left,
    read: async (rows) => {
      await rows(row, SEE_ALL_ROWS);
      await rows(row, IN_UTC);
      const found = await rows(row, sql);
      const values = Object.values(found[0] ?? {});
      if (found.length !== 1 || values.length !== 1)
        throw notANumber(address, `${found.length} rows of ${values.length} columns came`);
      const number = asNumber(values[0]);
      if (number === undefined) throw notANumber(address, `${kindOf(values[0])} came`);
      return number;
    },
  });
