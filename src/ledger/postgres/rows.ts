import * as z from 'zod';
import type { EpochRecord } from '../machine.ts';

/** Row of the tables' version. */
export const aboutRow = z.object({ version: z.number(), ledger_id: z.string() });

export const scopeRow = z.object({ scope: z.string() });

export const entryRow = z.object({ h: z.string(), line: z.string() });

// Our own writing: what else stood in it would not be understood by the folds either.
const record = z.string().transform((text) => JSON.parse(text) as EpochRecord);

/** Where a scope stands: bigints come as text. */
export const standingRow = z.object({
  epoch: z.string().transform(Number),
  head: z.string(),
  /** Of the holder; null when nobody holds the lock. */
  token: z.string().nullable(),
  /** Of the newest epoch; null before the first. */
  record: record.nullable(),
  /** By the server's clock. */
  lives: z.boolean(),
});

export type ScopeRow = z.infer<typeof standingRow>;
