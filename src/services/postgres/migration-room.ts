import type { Client } from 'pg';
import type { Surroundings } from '../surroundings.ts';
import type { Address } from './address.ts';
import { patiently } from './ask.ts';
import type { Connections } from './connections.ts';
import { type Journal, journalOf } from './journals.ts';
import type { MigrationFile, MigrationOrder } from './port.ts';
import type { Script } from './read-script.ts';
import { readScript } from './read-script.ts';
import { noRollbackScript } from './refusals.ts';

/** Sees what a file does while it runs. Production has none. */
export interface Observer {
  /** Around a statement in a transaction. */
  inside<T extends { readonly ok: boolean }>(client: Client, act: () => Promise<T>): Promise<T>;
  /** In the transaction, after the last statement of the file. */
  ending(client: Client): Promise<void>;
  /** After the transaction was committed. */
  ended(): void;
  /** Around a statement that no transaction holds. */
  outside<T>(client: Client, act: () => Promise<T>): Promise<T>;
}

/** One file on its way into a database, or out of it. */
export interface Migration {
  readonly way: 'apply' | 'revert';
  readonly address: Address;
  readonly file: MigrationFile;
  readonly script: Script;
  readonly order: MigrationOrder;
  readonly journal: Journal;
  readonly observer?: Observer;
}

/** Reads what is to be run. Throws E_NO_WAY_DOWN, E_MIGRATION_SYNTAX, E_MIGRATION_CONTROL; nothing is sent yet. */
export async function readMigration(
  { runbook }: Pick<Surroundings, 'runbook'>,
  address: Address,
  file: MigrationFile,
  order: MigrationOrder,
  way: 'apply' | 'revert',
): Promise<Migration> {
  const { folder = '', rollbackSuffix = '_rollback.sql' } = runbook.migrations ?? {};
  const sql = way === 'apply' ? file.sql : file.rollbackSql;
  if (sql === undefined) throw noRollbackScript(file.tag);
  const name = `${file.tag}${way === 'apply' ? '.sql' : rollbackSuffix}`;
  const script = await readScript(folder === '' ? name : `${folder}/${name}`, sql);
  return { way, address, file, script, order, journal: journalOf(order.journal) };
}

/** A session of its own under the run's name, so that a killed run's orphan can be found by it (F66). */
export const withOwnSession = <T>(
  connections: Connections,
  { clock }: Pick<Surroundings, 'clock'>,
  { address, order }: Migration,
  use: (client: Client) => Promise<T>,
): Promise<T> =>
  patiently(connections, clock, 'write', () =>
    connections.open(address, { application: order.application }, use),
  );
