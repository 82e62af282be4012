import type { SeedMigration } from './migration.ts';

export const webhookRetries: SeedMigration = {
  tag: '0044_webhook_retries',
  when: Date.parse('2025-10-03T09:16:22Z'),
  sql: `ALTER TABLE webhook_events ADD COLUMN attempts integer NOT NULL DEFAULT 1;
`,
  rollback: `ALTER TABLE webhook_events DROP COLUMN attempts;
`,
};
