import { hashPassword } from '../app/access/password.ts';
import { askServer } from '../postgres/ask-server.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { makeDatabase, makeRole } from './database/make-role.ts';
import { writeMigrations } from './database/write-migrations.ts';
import { type SeedSize, writeRows } from './database/write-rows.ts';
import { PAST } from './files/versions.ts';

interface SeedOptions {
  readonly database: string;
  readonly role: string;
  /** The account of the smoke tests; the address in small letters. */
  readonly smokeUser: { readonly email: string; readonly password: string };
  readonly size?: SeedSize;
}

const SIZE: SeedSize = { users: 400, assessments: 2_000, evidence: 500 };

/** A subscriber of the first facility with two assessments: lists are not empty. */
async function addSmokeUser(url: string, { email, password }: SeedOptions['smokeUser']): Promise<void> {
  const sql = `with u as (
      insert into users (email, password_hash, facility_id, subscription_status, stripe_customer_id, created_at)
      values ($1, $2, 1, 'active', 'cus_sandbox_smoke', now() - interval '90 days') returning id, facility_id)
    insert into assessments (name, status, facility_id, user_id, created_at)
    select 'Fire drill ' || n, 'approved', u.facility_id, u.id, now() - n * interval '20 days'
    from u, generate_series(1, 2) as n`;
  await askServer(url, sql, [email.toLowerCase(), await hashPassword(password)]);
}

/** Gives an account of the application another password; the address in small letters. */
export async function changePassword(
  url: string,
  { email, password }: SeedOptions['smokeUser'],
): Promise<void> {
  const change = 'update users set password_hash = $1 where email = $2';
  await askServer(url, change, [await hashPassword(password), email.toLowerCase()]);
}

/**
 * Makes role and database of the application as v2.0.3 left them: schema, Drizzle's journal and rows. The role is an
 * ordinary one with the cluster's password; the database belongs to it.
 */
export async function seedDatabase(cluster: Cluster, options: SeedOptions): Promise<void> {
  const { database, role } = options;
  await makeRole(cluster, role);
  await makeDatabase(cluster, database, role);
  const url = cluster.url(database, role);
  await askServer(url, writeMigrations(PAST.flatMap(({ migrations }) => migrations)));
  await askServer(url, writeRows(options.size ?? SIZE));
  await addSmokeUser(url, options.smokeUser);
}
