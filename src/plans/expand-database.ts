import type { PlanEntry } from '../domain/plan.ts';
import { chooseLockTimeout, type RehearsedFile, type RehearsedSchema } from '../domain/rehearsed.ts';
import type { Runbook } from '../kit.ts';
import { backUpSchema } from '../steps/postgres/back-up-schema.ts';
import { migrate } from '../steps/postgres/migrate.ts';
import { proveApart } from '../steps/postgres/prove-apart.ts';
import { proveSchema } from '../steps/postgres/prove-schema.ts';
import { compareMigrated } from './data-compared.ts';

/** What the migrations of a plan are made of. */
export interface ExpandFacts {
  /** Commit that has the files. */
  readonly branch: string;
  /** Migration files the database does not have yet, in order. */
  readonly pending: readonly string[];
  /** Migrations as they were rehearsed, by file; what is missing is planned by the configuration. */
  readonly rehearsed?: ReadonlyMap<string, RehearsedFile>;
  /** The schema before and after the rehearsal, or why there is none; missing: no rehearsal is on record. */
  readonly schema?: RehearsedSchema;
  /** The database is asked once more whose it is, right before each stretch of migrations. */
  readonly provesApart?: true;
}

const UNREHEARSED_MS = 40_000;
const UNPROVEN: RehearsedSchema = { before: '', after: '', unproven: 'no rehearsal is on record' };

/** A rehearsed file has its measured time, and waits for its lock in proportion to how long it will hold it. */
function migrateOne(
  { branch: commit, rehearsed, provesApart }: ExpandFacts,
  { migrations }: Runbook,
  env: string,
  tag: string,
): PlanEntry {
  const known = rehearsed?.get(tag);
  const place = { name: `migrate:${tag}`, ...(provesApart ? { provenBy: 'apart' } : {}) };
  if (known === undefined || migrations === undefined)
    return migrate.with({ env, commit, tag }, { ...place, usualMs: UNREHEARSED_MS });
  const lockTimeoutMs = chooseLockTimeout(known.lockedMs, migrations.lockTimeoutSeconds * 1000);
  const usualMs = Math.max(1000, known.tookMs);
  return migrate.with({ env, commit, tag, lockTimeoutMs }, { ...place, usualMs });
}

/** Expand migrations go before the push, because a push may publish by itself (E-35). */
export function expandDatabase(facts: ExpandFacts, runbook: Runbook, env: string): PlanEntry[] {
  if (facts.pending.length === 0) return [];
  const { before, after, unproven } = { ...UNPROVEN, ...facts.schema };
  return [
    backUpSchema.with({ env, rehearsed: before }, { name: 'schema-before' }),
    ...(facts.provesApart ? [proveApart.with({ env }, { name: 'apart' })] : []),
    ...facts.pending.map((tag) => migrateOne(facts, runbook, env, tag)),
    proveSchema.with({ env, before, after, unproven }, { name: 'schema-after' }),
    ...compareMigrated(runbook, env),
  ];
}
