import type { Client } from 'pg';
import * as z from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { ReleaseError, StateAfter } from '../../domain/failure.ts';
import { claimFence } from './fence.ts';
import { type InvalidIndex, inTheWay, listInvalid, newlyInvalid } from './invalid-indexes.ts';
import { withLockTries } from './lock-tries.ts';
import type { Migration } from './migration-room.ts';
import {
  begin,
  commit,
  enterJournal,
  markJournal,
  readerFor,
  sayStatementFailure,
  setLimits,
  takeLatch,
} from './migration-session.ts';
import { isCut, type PostgresFailure } from './read-failure.ts';
import type { Statement } from './read-script.ts';
import { indexBroken, indexLeft } from './refusals.ts';
import { put } from './session.ts';

interface Outside {
  readonly client: Client;
  readonly migration: Migration;
  readonly clock: Clock;
  /** Indexes that were invalid before the first statement. */
  readonly before: readonly InvalidIndex[];
}

/** Everything that is asked before the first statement; undefined when there is nothing to do. */
async function enter(client: Client, migration: Migration): Promise<string | undefined> {
  const rows = readerFor(client, migration);
  await setLimits(rows, migration, false);
  await takeLatch(rows, migration, 'session');
  await begin(client, migration);
  try {
    const table = await enterJournal(rows, migration);
    await commit(client, migration, 'untouched');
    return table;
  } catch (error) {
    await put(client, 'rollback');
    throw error;
  }
}

/**
 * A file with statements that no transaction can hold: one after the other, the row in the journal last. The latch is
 * held by the session, the fence is claimed anew before each statement. What fails in the middle
 * is partly-done; an index that a failed build left is named.
 */
export async function runOutside(client: Client, migration: Migration, clock: Clock): Promise<void> {
  const table = await withLockTries(clock, migration.order, () => enter(client, migration));
  const rows = readerFor(client, migration);
  if (table !== undefined) {
    const before = await listInvalid(rows);
    const left = inTheWay(migration.script, before);
    if (left.length > 0) throw indexLeft(migration.script.path, left);
    await runAll({ client, migration, clock, before });
    await remember(client, migration, table);
  }
  // The session ends now; a pooler that hides between us and the server would keep the latch for ever.
  await put(client, 'select pg_advisory_unlock_all()');
}

async function runAll(outside: Outside): Promise<void> {
  const { migration, clock, client, before } = outside;
  for (const [at, statement] of migration.script.statements.entries()) {
    const isWhole = statement.way !== 'concurrent';
    await withLockTries(clock, migration.order, () => runOne(outside, statement, at === 0), isWhole);
  }
  const broken = newlyInvalid(before, await listInvalid(readerFor(client, migration, 'partly-done')));
  if (broken.length > 0) throw indexBroken(migration.script.path, broken);
}

/**
 * A concurrent statement waits for other transactions without making anybody wait; giving up on a lock would only
 * leave an invalid index behind. The limit of the statement itself still holds.
 */
const lockLimit = ({ way }: Statement, { order }: Migration): number =>
  way === 'concurrent' ? 0 : order.lockTimeoutMs;

async function runOne(outside: Outside, statement: Statement, isFirst: boolean): Promise<void> {
  const { client, migration } = outside;
  const rows = readerFor(client, migration, isFirst ? 'untouched' : 'partly-done');
  await claimFence(rows, migration.order, isFirst);
  const limit = `${lockLimit(statement, migration)}`;
  await rows(z.unknown(), `select set_config('lock_timeout', $1, false)`, [limit]);
  const run = () => put(client, statement.text);
  const answer = await (migration.observer?.outside(client, run) ?? run());
  if (!answer.ok) throw await explain(outside, statement, answer.failure, isFirst);
}

/** What a failed statement left behind decides the state; a session that is gone cannot be asked. */
async function explain(
  { client, migration, before }: Outside,
  statement: Statement,
  failure: PostgresFailure,
  isFirst: boolean,
): Promise<ReleaseError> {
  if (isCut(failure)) {
    const state: StateAfter = failure.kind === 'network' ? 'unclear' : 'partly-done';
    return sayStatementFailure(migration, statement, failure, state);
  }
  const left = newlyInvalid(before, await listInvalid(readerFor(client, migration, 'partly-done')));
  const state: StateAfter = isFirst && left.length === 0 ? 'untouched' : 'partly-done';
  return sayStatementFailure(migration, statement, failure, state, left);
}

async function remember(client: Client, migration: Migration, table: string): Promise<void> {
  await begin(client, migration, 'partly-done');
  const rows = readerFor(client, migration, 'partly-done');
  await claimFence(rows, migration.order, false);
  await markJournal(rows, migration, table);
  await commit(client, migration, 'partly-done');
}
