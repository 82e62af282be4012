import type { IntegrityAnswer } from '../../../src/domain/integrity.ts';
import { askIntegrity, baselineOf, type StepContext } from '../../../src/kit.ts';
import { checkIntegrity } from '../../../src/steps/postgres/check-integrity.ts';
import { takeBaseline } from '../../../src/steps/postgres/take-baseline.ts';
import type { SharedCluster } from '../../services/postgres/share-cluster.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const SCHEMA = `
  create table facilities (id serial primary key, name text not null);
  create table users (id serial primary key, subscription_status text, stripe_customer_id text,
    created_at timestamptz not null default now());
  create table assessments (id serial primary key, name text not null,
    facility_id int not null references facilities (id), user_id int, made_at timestamptz not null default now());
  create table evidence_files (id serial primary key, assessment_id int not null, assessment_name text);
  create table deletion_log (what text, at timestamptz not null default clock_timestamp());
  insert into facilities (name) values ('North'), ('South');
  insert into users (subscription_status, stripe_customer_id) select 'active', 'cus_' || n from generate_series(1, 40) n;
  insert into assessments (name, facility_id, user_id) select 'Roof ' || n, 1 + n % 2, 1 + n % 40 from generate_series(1, 200) n;
  insert into evidence_files (assessment_id) select n from generate_series(1, 100) n`;

/** A seeded database with what a deploy does to it: `check` counts again and compares. */
export async function openIntegrity(shared: SharedCluster, integrity: readonly object[]) {
  const { postgres, query } = await shared.open();
  await query(SCHEMA);
  const runbook = makeRunbook({ integrity });
  const services = onlyThese({ postgres });
  const plan = { command: 'deploy' };
  const contextOf = (facts: StepContext['facts']) => ({ runbook, facts, plan }) as StepContext;
  const count = () => takeBaseline.run(services, { env: 'production' }, contextOf({}));
  const check = (baseline: Awaited<ReturnType<typeof count>>) =>
    checkIntegrity.run(services, { env: 'production', baseline: 'baseline' }, contextOf({ baseline }));
  const read = {
    number: (sql: string) => postgres.readNumber('production', sql),
    references: () => postgres.references('production'),
  };
  const ask = async (baseline: Awaited<ReturnType<typeof count>>) =>
    askIntegrity(runbook.integrity, baselineOf(baseline), read);
  return { query, count, check, ask, read, runbook };
}

export const KEPT = {
  id: 'a',
  row: 'DAT-01',
  title: 'Assessments',
  expect: 'no-row-lost',
  table: 'assessments',
};
export const statesOf = (answers: readonly IntegrityAnswer[]) =>
  Object.fromEntries(answers.map(({ id, state }) => [id, state]));
export const broken = { code: 'E_DATA_INTEGRITY' };

export const ORPHANS = { id: 'o', row: 'DAT-08', title: 'Orphans', expect: 'no-orphans' };
