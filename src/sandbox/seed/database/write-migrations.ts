import { sha256 } from '../../../ledger/digest.ts';
import type { SeedMigration } from '../migrations/migration.ts';

const JOURNAL = `create schema if not exists drizzle;
create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;

// The hash is hexadecimal and the time a number: neither can end the statement.
const remember = ({ sql, when }: SeedMigration): string =>
  `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${sha256(sql)}', ${when})`;

/** The migrations as one script, with the rows by which Drizzle knows them again. */
export const writeMigrations = (migrations: readonly SeedMigration[]): string =>
  [JOURNAL, ...migrations.flatMap((one) => [one.sql.trim().replace(/;$/, ''), remember(one)])].join(';\n');
