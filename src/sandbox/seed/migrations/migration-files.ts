import type { SeedMigration } from './migration.ts';

const journal = (migrations: readonly SeedMigration[]): string => {
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '7',
    when,
    tag,
    breakpoints: true,
  }));
  return `${JSON.stringify({ version: '7', dialect: 'postgresql', entries }, null, 2)}\n`;
};

/** The migrations folder of a checkout: files, their rollback scripts, and the journal. */
export const migrationFiles = (migrations: readonly SeedMigration[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...migrations.flatMap(({ tag, sql, rollback }) => [
      [`migrations/${tag}.sql`, sql],
      [`migrations/${tag}_rollback.sql`, rollback],
    ]),
    ['migrations/meta/_journal.json', journal(migrations)],
  ]);
