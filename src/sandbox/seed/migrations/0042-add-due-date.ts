import type { SeedMigration } from './migration.ts';

/** Expands: a column that may be empty, and an index. Code that does not know it goes on working. */
export const addDueDate: SeedMigration = {
  tag: '0042_add_due_date',
  when: Date.parse('2025-09-24T10:21:47Z'),
  sql: `ALTER TABLE assessments ADD COLUMN due_date date;
--> statement-breakpoint
-- release-lint: allow index-not-concurrent reason="a few thousand rows: built within the lock timeout" hash=10d9cce8b16b
CREATE INDEX assessments_due_date ON assessments (due_date) WHERE due_date IS NOT NULL;
`,
  rollback: `-- Due dates that were entered since are lost.
DROP INDEX assessments_due_date;
ALTER TABLE assessments DROP COLUMN due_date;
`,
};
