import type { SeedMigration } from './migration.ts';

export const openExports: SeedMigration = {
  tag: '0041_open_exports',
  when: Date.parse('2025-09-18T07:55:18Z'),
  sql: `CREATE INDEX exports_open ON exports (created_at) WHERE status = 'processing';
`,
  rollback: `DROP INDEX exports_open;
`,
};
