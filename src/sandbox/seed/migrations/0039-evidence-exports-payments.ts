import type { SeedMigration } from './migration.ts';

export const evidenceExportsPayments: SeedMigration = {
  tag: '0039_evidence_exports_payments',
  when: Date.parse('2025-08-28T08:40:51Z'),
  sql: `CREATE TABLE evidence_files (
  id serial PRIMARY KEY,
  assessment_id integer NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  question_id integer REFERENCES questions (id) ON DELETE CASCADE,
  filename text NOT NULL,
  url text NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE exports (
  id serial PRIMARY KEY,
  assessment_id integer NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  user_id integer NOT NULL REFERENCES users (id),
  status text NOT NULL DEFAULT 'processing',
  document bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
--> statement-breakpoint
CREATE TABLE webhook_events (
  id text PRIMARY KEY,
  type text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE payments (
  id serial PRIMARY KEY,
  event_id text NOT NULL UNIQUE REFERENCES webhook_events (id),
  user_id integer NOT NULL REFERENCES users (id),
  amount integer NOT NULL,
  currency text NOT NULL,
  paid_at timestamptz NOT NULL DEFAULT now()
);
`,
  rollback: `DROP TABLE payments;
DROP TABLE webhook_events;
DROP TABLE exports;
DROP TABLE evidence_files;
`,
};
