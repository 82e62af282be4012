import type { Runbook } from '../config/schema/index.ts';
import { fillBaseline, type IntegrityAnswer, judgeIntegrity, needsBaseline } from '../domain/integrity.ts';

type Query = Runbook['integrity'][number];
/** Runs one SELECT that answers one number. */
type Read = (sql: string) => Promise<number>;

/** The answers before a change, and the moment they hold for, in seconds since 1970 by the database's own clock. */
export interface Baseline {
  readonly numbers: Readonly<Record<string, number>>;
  readonly at: number | undefined;
}

// The database's own clock: it wrote the timestamps that the queries compare with.
const MOMENT = 'select extract(epoch from clock_timestamp())';

/** Asks every query once, before the change (DAT rows; E-26: a stored baseline with a fixed timestamp). */
export async function readBaseline(
  queries: readonly Query[],
  read: Read,
): Promise<Baseline & { readonly at: number }> {
  const at = await read(MOMENT);
  const pairs = await Promise.all(
    queries.map(async ({ id, sql }) => [id, await read(fillBaseline(sql, at))] as const),
  );
  return { numbers: Object.fromEntries(pairs), at };
}

/** Without a baseline a query that counts up to its moment has no answer, and no answer is not a good one. */
async function askAgain(query: Query, { numbers, at }: Baseline, read: Read): Promise<IntegrityAnswer> {
  if (at === undefined && needsBaseline(query.sql))
    return { id: query.id, ok: false, said: `${query.title}: no baseline to count up to` };
  return judgeIntegrity(query, await read(fillBaseline(query.sql, at ?? 0)), numbers[query.id]);
}

/** Asks every query again after the change and compares with the baseline. */
export const askIntegrity = (
  queries: readonly Query[],
  baseline: Baseline,
  read: Read,
): Promise<readonly IntegrityAnswer[]> =>
  Promise.all(queries.map((query) => askAgain(query, baseline, read)));
