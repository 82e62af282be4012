import type { SeedMigration } from './migration.ts';

export const listIndexes: SeedMigration = {
  tag: '0040_list_indexes',
  when: Date.parse('2025-09-04T15:02:33Z'),
  sql: `CREATE INDEX assessments_user_created ON assessments (user_id, created_at DESC);
--> statement-breakpoint
CREATE INDEX questions_assessment ON questions (assessment_id, position);
--> statement-breakpoint
CREATE INDEX evidence_files_assessment ON evidence_files (assessment_id);
`,
  rollback: `DROP INDEX evidence_files_assessment;
DROP INDEX questions_assessment;
DROP INDEX assessments_user_created;
`,
};
