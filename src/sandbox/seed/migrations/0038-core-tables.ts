import type { SeedMigration } from './migration.ts';

export const coreTables: SeedMigration = {
  tag: '0038_core_tables',
  when: Date.parse('2025-08-26T13:12:04Z'),
  sql: `CREATE TABLE facilities (
  id serial PRIMARY KEY,
  name text NOT NULL,
  city text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE users (
  id serial PRIMARY KEY,
  email text NOT NULL UNIQUE,
  password_hash text,
  facility_id integer NOT NULL REFERENCES facilities (id),
  subscription_status text NOT NULL DEFAULT 'trial',
  stripe_customer_id text,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE assessments (
  id serial PRIMARY KEY,
  name text NOT NULL,
  status text NOT NULL DEFAULT 'draft',
  facility_id integer NOT NULL REFERENCES facilities (id),
  user_id integer NOT NULL REFERENCES users (id),
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE questions (
  id serial PRIMARY KEY,
  assessment_id integer NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  position integer NOT NULL,
  text text NOT NULL
);
`,
  rollback: `DROP TABLE questions;
DROP TABLE assessments;
DROP TABLE users;
DROP TABLE facilities;
`,
};
