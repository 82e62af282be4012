import type { Catalogue } from '../../domain/catalogue.ts';
import type { DatabaseSpot } from '../../domain/find-shared-fate.ts';
import type { BehindSequence, Gap } from '../../domain/gap/gap.ts';
import type { Reference } from '../../domain/integrity-sql.ts';
import type { MeasuredMigration } from '../../domain/measured-migration.ts';

/** Which database this is: proof that two names mean two databases. */
export interface DatabaseIdentity {
  readonly systemIdentifier: string;
  readonly database: string;
  readonly host: string;
  readonly port: number;
  readonly serverVersion: string;
}

export interface PoolUsage {
  readonly used: number;
  readonly limit: number;
  /** True when the role may not see other users' sessions in full. */
  readonly limitedView: boolean;
}

export interface BlockedQuery {
  readonly pid: number;
  readonly waitsSeconds: number;
  readonly query: string;
  readonly blockedBy: readonly {
    readonly pid: number;
    readonly state: string;
    readonly application: string;
  }[];
}

/** Transactions that are open, oldest first; ages in seconds. They are what a migration's lock would wait for. */
export interface OpenTransactions {
  readonly sessions: readonly {
    readonly pid: number;
    readonly seconds: number;
    readonly state: string;
    readonly application: string;
  }[];
  readonly prepared: readonly { readonly name: string; readonly seconds: number }[];
  /** True when the role may not see other users' sessions in full. */
  readonly limitedView: boolean;
}

/** One applied migration as the database remembers it. */
export interface AppliedMigration {
  readonly hash?: string;
  readonly when?: number;
  readonly name?: string;
}

/** One migration file at a commit. */
export interface MigrationFile {
  /** File name without `.sql`, like `0043_export_index`. */
  readonly tag: string;
  readonly sql: string;
  /** sha256 of the whole file, as Drizzle stores it. */
  readonly hash: string;
  /** Milliseconds; the journal's order. */
  readonly when: number;
  readonly rollbackSql?: string;
}

/** Limits and the fence under which a migration runs (reliability 5.4). */
export interface MigrationOrder {
  readonly journal: 'drizzle' | 'schema_migrations';
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTries: number;
  readonly scope: string;
  readonly epoch: number;
  readonly application: string;
}

/** Where the database can return to, by the database's own clock (E-45). */
export interface RestorePoint {
  readonly at: string;
  readonly lsn: string;
  /**
   * What had been committed then: a snapshot (`757:760:758`), so that a transaction that was open at the point is told
   * from one that had ended; or the id of one transaction, which stands for itself and all later ones.
   */
  readonly xid: string;
}

/** Rows written since a restore point, per table. */
export interface WrittenRows {
  readonly table: string;
  readonly rows: number;
}

/** A schema, and the text of what its catalogue knows by a hash alone. */
export interface CatalogueInFull {
  readonly catalogue: Catalogue;
  /** By `kind name`: views and functions. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A copy of a database on which migrations may be tried out. */
export interface DatabaseCopy {
  catalogue(): Promise<Catalogue>;
  /** Runs one SELECT that answers one number, read-only. */
  readNumber(sql: string): Promise<number>;
  /** As the port's own. */
  references(): Promise<readonly Reference[]>;
  appliedMigrations(journal: MigrationOrder['journal']): Promise<readonly AppliedMigration[]>;
  /** Rows of the named tables; those that are gone are left out. Throws E_DB_TIMEOUT after two minutes. */
  countRows(tables: readonly string[]): Promise<readonly WrittenRows[]>;
  /** As `applyMigration`, with what it did to the tables that were there. */
  apply(file: MigrationFile, order: MigrationOrder): Promise<MeasuredMigration>;
  /** As `revertMigration`, with the same. */
  revert(file: MigrationFile, order: MigrationOrder): Promise<MeasuredMigration>;
}

/** The application's database. Questions run read-only with a statement timeout. */
export interface PostgresPort {
  ping(env: string): Promise<{ readonly latencyMs: number }>;
  /** Throws E_DB_RIGHTS when the role may not read the identifier; there is no second best. */
  identity(env: string): Promise<DatabaseIdentity>;
  /** The environment's database and the one of its ledger, for the postgres store. Throws as `identity` does. */
  ledgerSpots(env: string): Promise<{ readonly own: DatabaseSpot; readonly ledger: DatabaseSpot }>;
  poolUsage(env: string): Promise<PoolUsage>;
  blockedQueries(env: string): Promise<readonly BlockedQuery[]>;
  openTransactions(env: string): Promise<OpenTransactions>;
  appliedMigrations(
    env: string,
    journal: 'drizzle' | 'schema_migrations',
  ): Promise<readonly AppliedMigration[]>;
  /** Applies one file and remembers it, in one transaction where the file allows it. */
  applyMigration(
    env: string,
    file: MigrationFile,
    order: MigrationOrder,
  ): Promise<{ readonly tookMs: number }>;
  /** Runs the file's rollback script and forgets it, in the same transaction (E-51). */
  revertMigration(
    env: string,
    file: MigrationFile,
    order: MigrationOrder,
  ): Promise<{ readonly tookMs: number }>;
  /** Application names of sessions that still run statements for `prefix`: a killed run's orphan (F66). */
  sessionsOf(env: string, prefix: string): Promise<readonly string[]>;
  restorePoint(env: string): Promise<RestorePoint>;
  /** Tables with rows that are there now and were written after the point; deleted rows cannot be counted. */
  writtenSince(env: string, point: RestorePoint): Promise<readonly WrittenRows[]>;
  /**
   * What was written after the point into the state that a restore kept (`keptUrl`), against what is there now; reads
   * both. Throws E_RESTORE_REFUSED when one of them does not have the point in its past.
   */
  readGap(env: string, keptUrl: string, point: RestorePoint): Promise<Gap>;
  /** Sequences that stand before where the kept state had them, and the names of those that the role may not read. */
  sequencesBehind(env: string, keptUrl: string): Promise<Pick<Gap, 'sequences' | 'unreadSequences'>>;
  /** Raises those that still stand behind; tries all, then throws with the names of those that were refused. */
  raiseSequences(env: string, behind: readonly BehindSequence[]): Promise<void>;
  /** Runs one SELECT that answers one number, read-only; for as long as `left` says (ms) when its turn comes. */
  readNumber(env: string, sql: string, left?: () => number): Promise<number>;
  /** Every foreign key, by its table; those that are not validated or switched off as well. */
  references(env: string): Promise<readonly Reference[]>;
  /** The shape of the database, without its data, journals and what belongs to extensions. */
  catalogue(env: string): Promise<Catalogue>;
  /** The same with the text of views and functions, both of one moment. */
  catalogueInFull(env: string): Promise<CatalogueInFull>;
  /** The same for a database at a given address, like a branch. */
  catalogueAt(url: string): Promise<Catalogue>;
  /** Role that migrates the environment's database; empty when its address names none. */
  migrationRole(env: string): string;
  /**
   * Hands out a copy of the environment's database at a direct address, once it is proven that it is one: another
   * server (else E_COPY_IS_LIVE) with the same schema (else E_COPY_DIFFERS). Its sessions end with `use`, or when
   * `signal` aborts.
   */
  withCopy<T>(
    env: string,
    url: string,
    signal: AbortSignal,
    use: (copy: DatabaseCopy) => Promise<T>,
  ): Promise<T>;
  /** Opens a given address, counts the tables' rows and closes it: proof that a backup can be read. */
  readBackup(url: string): Promise<{ readonly tables: number; readonly rows: number }>;
}
