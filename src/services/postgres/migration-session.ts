import type { Client } from 'pg';
import * as z from 'zod';
import { seconds } from '../../domain/duration.ts';
import { ReleaseError, type StateAfter } from '../../domain/failure.ts';
import { claimFence, makeFence } from './fence.ts';
import { findInJournal, locateJournal } from './journals.ts';
import type { Migration } from './migration-room.ts';
import { isCut, type PostgresFailure } from './read-failure.ts';
import type { Statement } from './read-script.ts';
import { dropAll, isMigrating, wasEdited } from './refusals.ts';
import { codeOf, sayFailure, sayWords } from './say-failure.ts';
import { makeReader, put, type ReadRows, readOne } from './session.ts';
import { placeAt } from './text-place.ts';

/** The server ends a session that does nothing for this long in a transaction: its run is frozen (F30). */
const FROZEN_MS = seconds(5);

const doingOf = ({ way, script }: Migration): string =>
  way === 'apply' ? `take ${script.path} in` : `let ${script.path} run`;

export const readerFor = (client: Client, migration: Migration, state: StateAfter = 'untouched'): ReadRows =>
  makeReader(client, migration.address, doingOf(migration), state);

/** Limits for this transaction (`isLocal`) or for this session; kept by the server, which outlives us. */
export async function setLimits(rows: ReadRows, { order }: Migration, isLocal: boolean): Promise<void> {
  const sql = `select set_config('lock_timeout', $1, $4), set_config('statement_timeout', $2, $4),
    set_config('idle_in_transaction_session_timeout', $3, $4)`;
  await rows(z.unknown(), sql, [
    `${order.lockTimeoutMs}`,
    `${order.statementTimeoutMs}`,
    `${FROZEN_MS}`,
    isLocal,
  ]);
}

const gained = z.object({ gained: z.boolean() });
const KEY = `hashtextextended('release-runbook/migrations', 0)`;

/**
 * The right to migrate this database, alone, to the end of the transaction or of the session. It is asked for and not
 * waited for: one that waits in a transaction would hold up an index that is being built.
 */
export async function takeLatch(
  rows: ReadRows,
  { address }: Migration,
  until: 'transaction' | 'session',
): Promise<void> {
  const call = until === 'session' ? 'pg_try_advisory_lock' : 'pg_try_advisory_xact_lock';
  const answer = await readOne(rows, gained, `select ${call}(${KEY}) as gained`);
  if (!answer.gained) throw isMigrating(address.called);
}

/**
 * In a transaction that is open: claims the fence, finds or makes the journal and answers its quoted name; undefined
 * when there is nothing to do. Throws E_FENCED, E_MIGRATION_EDITED.
 */
export async function enterJournal(rows: ReadRows, migration: Migration): Promise<string | undefined> {
  const { journal, file, way, order, script, address } = migration;
  await makeFence(rows);
  await claimFence(rows, order);
  const table = await locateJournal(rows, journal);
  if (table === undefined && way === 'revert') return undefined;
  if (table === undefined) {
    for (const statement of journal.make) await rows(z.unknown(), statement);
    return locateJournal(rows, journal);
  }
  const entry = await findInJournal(rows, journal, table, file);
  if (entry === 'edited') throw wasEdited(script.path, address.called);
  return (entry === 'same') === (way === 'revert') ? table : undefined;
}

/** Writes or removes the file's row in the journal. */
export const markJournal = (
  rows: ReadRows,
  { journal, way, file }: Migration,
  table: string,
): Promise<readonly unknown[]> =>
  rows(z.unknown(), ...(way === 'apply' ? journal.add : journal.remove)(table, file));

/** A statement of the file that failed, at its line; E_MIGRATION_FAILED unless locks, limits or the session did it. */
export function sayStatementFailure(
  { address, script }: Migration,
  statement: Statement,
  failure: PostgresFailure,
  state: StateAfter,
  left: readonly string[] = [],
): ReleaseError {
  const position = failure.kind === 'sql' ? (failure.position ?? 1) : 1;
  const at = { file: script.path, ...placeAt(script.sql, statement.at + position - 1) };
  const known = codeOf(address, failure);
  const sqlState = failure.kind === 'sql' ? ` (${failure.code})` : '';
  return new ReleaseError(known === 'E_DB_REFUSED' ? 'E_MIGRATION_FAILED' : known, {
    what: `${script.path} failed in line ${at.line}: ${sayWords(address, failure)}${sqlState}.`,
    why: `${state === 'untouched' ? 'Nothing of it was kept' : 'It cannot run in a transaction, so what came before this line stays'}.`,
    next: left.length > 0 ? nextWithLeft(left) : nextAfter(known, state),
    state,
    at,
  });
}

const nextWithLeft = (left: readonly string[]): string =>
  `It left an index that cannot be used: ${dropAll(left)}. Remove what made it fail, then resume.`;

function nextAfter(code: string, state: StateAfter): string {
  if (state !== 'untouched')
    return 'Look what of the file is there. Take it back by hand, or do the rest by hand and note it in the journal, then resume.';
  if (code === 'E_DB_LOCKED')
    return 'End what holds the lock (release preflight --only database.blocking-queries), then resume.';
  if (code === 'E_DB_TIMEOUT')
    return 'Make the statement smaller, or raise migrations.statementTimeoutSeconds.';
  if (code === 'E_DB_CUT') return 'Look whether the server is up, then resume.';
  if (code === 'E_DB_RIGHTS') return 'Grant the role of the migrations what it lacks, then resume.';
  return 'Correct the file in the release branch, then plan again.';
}

export async function begin(
  client: Client,
  migration: Migration,
  state: StateAfter = 'untouched',
): Promise<void> {
  const begun = await put(client, 'begin');
  if (!begun.ok) throw sayFailure(migration.address, doingOf(migration), begun.failure, state);
}

/**
 * Ends the transaction. What the server refuses here was rolled back; a COMMIT without an answer may have happened
 * (also 57P01: a server that shuts down may end a session between the two).
 */
export async function commit(client: Client, migration: Migration, before: StateAfter): Promise<void> {
  const ended = await put(client, 'commit');
  if (ended.ok) return;
  const { address, script } = migration;
  if (!isCut(ended.failure)) {
    const what = `${script.path} was refused at its COMMIT: ${sayWords(address, ended.failure)}.`;
    const next = 'Correct the file in the release branch, then plan again.';
    throw new ReleaseError('E_MIGRATION_FAILED', { what, next, state: before });
  }
  throw new ReleaseError('E_DB_CUT', {
    what: `${script.path} ran, but the answer to its COMMIT never came (${sayWords(address, ended.failure)}).`,
    why: 'It may have been kept or taken back; the journal of the database says which.',
    next: 'Resume; the run looks into the journal first.',
    state: 'unclear',
  });
}
