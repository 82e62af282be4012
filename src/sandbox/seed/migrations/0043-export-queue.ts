import type { SeedMigration } from './migration.ts';

/** A constant default is kept in the catalogue: no row is written, no old code has to name the column. */
export const exportQueue: SeedMigration = {
  tag: '0043_export_queue',
  when: Date.parse('2025-09-25T14:37:05Z'),
  sql: `ALTER TABLE exports ADD COLUMN priority integer NOT NULL DEFAULT 0;
`,
  rollback: `ALTER TABLE exports DROP COLUMN priority;
`,
};
