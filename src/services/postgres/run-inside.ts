import type { Client } from 'pg';
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
import { put } from './session.ts';

/**
 * The file and its row in the journal in one transaction, behind the fence. Whatever fails before COMMIT was sent
 * leaves the database untouched: the server takes back what a closed session had begun.
 */
export async function runInside(client: Client, migration: Migration): Promise<void> {
  await begin(client, migration);
  const rows = readerFor(client, migration);
  await setLimits(rows, migration, true);
  await takeLatch(rows, migration, 'transaction');
  const table = await enterJournal(rows, migration);
  if (table !== undefined) {
    await runStatements(client, migration);
    await migration.observer?.ending(client);
    await markJournal(rows, migration, table);
  }
  await commit(client, migration, 'untouched');
  migration.observer?.ended();
}

async function runStatements(client: Client, migration: Migration): Promise<void> {
  for (const statement of migration.script.statements) {
    const run = () => put(client, statement.text);
    const answer = await (migration.observer?.inside(client, run) ?? run());
    if (!answer.ok) throw sayStatementFailure(migration, statement, answer.failure, 'untouched');
  }
}
