import * as z from 'zod';
import type { MigrationOrder } from './port.ts';
import { fenced } from './refusals.ts';
import { type ReadRows, readOne } from './session.ts';

const found = z.object({ is_there: z.boolean() });
const seen = z.object({ epoch: z.string() });

// CREATE IF NOT EXISTS asks for the right to create before it looks; a role without it may still use what is there.
const MAKE = [
  `do $$ begin if to_regnamespace('release_runbook') is null then create schema release_runbook; end if; end $$`,
  'create table release_runbook.fence (scope text primary key, epoch bigint not null)',
];

const CLAIM = `insert into release_runbook.fence as kept (scope, epoch) values ($1, $2)
  on conflict (scope) do update set epoch = excluded.epoch where kept.epoch <= excluded.epoch
  returning epoch::text`;

/** Makes the place of the fence where there is none. Only one session at a time may do this. */
export async function makeFence(rows: ReadRows): Promise<void> {
  const sql = `select to_regclass('release_runbook.fence') is not null as is_there`;
  if ((await readOne(rows, found, sql)).is_there) return;
  for (const statement of MAKE) await rows(z.unknown(), statement);
}

/**
 * Puts our epoch into the database and keeps the row locked to the end of the transaction; a run whose epoch is lower
 * is refused from then on (reliability 5.4). Throws E_FENCED when a higher one is there. `isFresh`: nothing was done.
 */
export async function claimFence(
  rows: ReadRows,
  { scope, epoch }: Pick<MigrationOrder, 'scope' | 'epoch'>,
  isFresh = true,
): Promise<void> {
  if ((await rows(seen, CLAIM, [scope, epoch])).length > 0) return;
  const sql = 'select epoch::text from release_runbook.fence where scope = $1';
  const newest = await readOne(rows, seen, sql, [scope]);
  throw fenced(scope, epoch, newest.epoch, isFresh);
}
