import type { Client } from 'pg';
import type { MeasuredMigration } from '../../domain/measured-migration.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Address, makeAddress, withoutPooler } from './address.ts';
import { type Ask, COUNTING_MS, makeAsk } from './ask.ts';
import { type Connections, makeConnections } from './connections.ts';
import { countRows } from './count-rows.ts';
import { journalOf, listApplied } from './journals.ts';
import { Meter, tableShape } from './meter.ts';
import { TABLES_NOW } from './meter-sql.ts';
import { migrate } from './migrate.ts';
import { readMigration } from './migration-room.ts';
import type { DatabaseCopy, MigrationFile, MigrationOrder } from './port.ts';
import { proveCopy } from './prove-copy.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readNumber } from './read-number.ts';
import { readReferences } from './read-references.ts';
import { makeReader, type ReadRows } from './session.ts';

/** A copy, and what it must be proven against. */
interface CopyOrder {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly ask: Ask;
  /** Addresses of the environment's own database. */
  readonly live: readonly [Address, ...Address[]];
}

interface Room {
  readonly surroundings: Surroundings;
  readonly connections: Connections;
  readonly address: Address;
  readonly ask: Ask;
}

const DOING = 'say what the file does to its tables';

async function makeMeter({ surroundings, address, ask }: Room): Promise<Meter> {
  const beside = <T>(read: (rows: ReadRows) => Promise<T>): Promise<T> =>
    ask(address, { doing: DOING, read });
  return new Meter({
    clock: surroundings.clock,
    before: await beside((rows) => rows(tableShape, TABLES_NOW)),
    reader: (client: Client) => makeReader(client, address, DOING),
    beside,
  });
}

/** One file by the runner of production, watched. */
async function measure(
  room: Room,
  file: MigrationFile,
  order: MigrationOrder,
  way: 'apply' | 'revert',
): Promise<MeasuredMigration> {
  const { surroundings, connections, address } = room;
  const migration = await readMigration(surroundings, address, file, order, way);
  const observer = await makeMeter(room);
  const { tookMs } = await migrate(connections, surroundings, { ...migration, observer });
  const inTransaction = migration.script.statements.every((one) => one.way === 'inside');
  return { tookMs, inTransaction, tables: observer.tables() };
}

const makeCopy = (room: Room): DatabaseCopy => {
  const { ask, address } = room;
  return {
    catalogue: () => readCatalogue(ask, address),
    readNumber: (sql) => readNumber(ask, address, sql),
    references: () => readReferences(ask, address),
    appliedMigrations: (journal) =>
      ask(address, {
        doing: 'say which migrations it has',
        read: (rows) => listApplied(rows, journalOf(journal)),
      }),
    countRows: (only) =>
      ask(address, {
        doing: 'count its rows',
        limitMs: COUNTING_MS,
        read: (rows) => countRows(rows, { only }),
      }),
    apply: (file, order) => measure(room, file, order, 'apply'),
    revert: (file, order) => measure(room, file, order, 'revert'),
  };
};

/**
 * Opens a copy over a direct address, proves that it is one, and lets `use` have it. Every session to it ends with
 * `use`; when the signal aborts they are cut, so that a statement of minutes does not hold up who wants to leave.
 */
export async function withCopy<T>(
  surroundings: Surroundings,
  { url, signal, ask: askLive, live }: CopyOrder,
  use: (copy: DatabaseCopy) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const address = makeAddress('the database branch', '', withoutPooler(url));
  const connections = makeConnections('release/rehearsal');
  const room = { surroundings, connections, address, ask: makeAsk(connections, surroundings.clock) };
  const cut = (): void => void connections.close();
  signal.addEventListener('abort', cut, { once: true });
  try {
    await proveCopy(room, { ask: askLive, addresses: live });
    return await use(makeCopy(room));
  } finally {
    signal.removeEventListener('abort', cut);
    await connections.close();
  }
}
