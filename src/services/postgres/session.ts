import type { Client } from 'pg';
import type * as z from 'zod';
import type { StateAfter } from '../../domain/failure.ts';
import type { Address } from './address.ts';
import { type PostgresFailure, readPostgresFailure } from './read-failure.ts';
import { sayFailure } from './say-failure.ts';

/** What a statement answered, or what came instead. */
type Answer =
  | { readonly ok: true; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly failure: PostgresFailure };

/** Sends a statement; never throws. Without values it may be several statements at once. */
export async function put(client: Client, sql: string, values?: readonly unknown[]): Promise<Answer> {
  try {
    const answer = await client.query(values === undefined ? sql : prepared(sql, values));
    return { ok: true, rows: answer.rows ?? [] };
  } catch (error) {
    return { ok: false, failure: readPostgresFailure(error) };
  }
}

// The extended protocol takes one statement only, so that no text can bring a second one along.
const prepared = (text: string, values: readonly unknown[]) => ({
  text,
  values: [...values],
  queryMode: 'extended',
});

/** Rows of one statement in the given shape; a failure is thrown in our words. */
export type ReadRows = <Shape extends z.ZodType>(
  shape: Shape,
  sql: string,
  values?: readonly unknown[],
) => Promise<readonly z.infer<Shape>[]>;

/** Reads rows in this session; `doing` follows "the database did not", `state` is what a failure leaves. */
export const makeReader =
  (client: Client, address: Address, doing: string, state: StateAfter = 'untouched'): ReadRows =>
  async (shape, sql, values = []) => {
    const answer = await put(client, sql, values);
    if (!answer.ok) throw sayFailure(address, doing, answer.failure, state);
    return answer.rows.map((row) => shape.parse(row));
  };

/** The row of a query that always has one; none at all is a bug of the query. */
export async function readOne<Shape extends z.ZodType>(
  rows: ReadRows,
  shape: Shape,
  sql: string,
  values: readonly unknown[] = [],
): Promise<z.infer<Shape>> {
  const found = await rows(shape, sql, values);
  if (found.length !== 1) throw new Error(`a query that answers one row answered ${found.length}`);
  return found[0] as z.infer<Shape>;
}
