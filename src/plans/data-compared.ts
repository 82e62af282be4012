import { seconds } from '../domain/duration.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { PlanEntry } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import { checkIntegrity } from '../steps/postgres/check-integrity.ts';
import { seeDatabase } from '../steps/postgres/see-database.ts';
import { takeBaseline } from '../steps/postgres/take-baseline.ts';
import type { DataWay } from './data-back.ts';

interface Way {
  /** False when the database is left alone on purpose: then it is not even asked. */
  readonly readsData: boolean;
  readonly data: DataWay;
  /** Has the files of the version that is gone back to. */
  readonly commit: string;
}

interface Compared {
  /** Before the code moves. */
  readonly first: readonly PlanEntry[];
  /** Where the database has been brought back. */
  readonly restored: readonly PlanEntry[];
  /** Before users are let in. */
  readonly last: readonly PlanEntry[];
}

// On the way back every second is one of an outage: what takes longer is not known, and is told.
const COUNT_MS = seconds(20);

/** Entries behind which nobody writes. What users delete themselves is no loss; none means that they are in. */
const behindOf = ({ environments }: Runbook, env: string, entries: string[]): string[] =>
  environments[env]?.maintenance ? entries : [];

/** What a deploy compares once its migrations have run. */
export function compareMigrated(runbook: Runbook, env: string): PlanEntry[] {
  if (runbook.integrity.length === 0) return [];
  const order = { env, baseline: 'baseline', behind: behindOf(runbook, env, ['maintenance-on']) };
  return [checkIntegrity.with(order, { name: 'integrity-after-migration' })];
}

/** A database that cannot be asked keeps no code from moving and no user out; only what it shows does. */
export const unlessShown = (code: FailureCode) => ({ onFailure: 'warn', stopsOn: [code] }) as const;

/** How far a rollback asks the database, so that nobody takes what was not asked for good. */
export function readsOf({ readsData }: Pick<Way, 'readsData'>, runbook: Runbook, env: string) {
  if (!runbook.environments[env]?.database) return 'no database';
  if (!readsData) return 'left alone';
  return runbook.integrity.length === 0 ? 'no questions' : 'all';
}

/** That it answers, and with which schema: RBX-4B2, RBV-4. Nobody is kept out by it; it is told. */
const seeAnswer = (version: string, { data, commit }: Way, env: string): PlanEntry =>
  seeDatabase.with(
    { env, version, commit, isExact: data.kind !== 'none' },
    { name: 'database-answers', onFailure: 'warn' },
  );

/**
 * What must still be there after a rollback to `version`, as far as it can be counted at once. After a restore it is
 * counted where the restore has brought the database: what it took is no loss for whoever looks later, and there is
 * nothing to compare.
 */
export function compareData(way: Way, version: string, runbook: Runbook, env: string): Compared {
  const reads = readsOf(way, runbook, env);
  if (reads === 'no database' || reads === 'left alone') return { first: [], restored: [], last: [] };
  const answers = seeAnswer(version, way, env);
  if (reads === 'no questions') return { first: [], restored: [], last: [answers] };
  const order = { env, withinMs: COUNT_MS };
  const counted = [takeBaseline.with(order, { name: 'baseline', onFailure: 'warn' })];
  if (way.data.kind === 'restore') return { first: [], restored: counted, last: [answers] };
  const place = { name: 'integrity', ...unlessShown('E_DATA_INTEGRITY') };
  const behind = behindOf(runbook, env, ['maintenance-on', 'maintenance-kept']);
  return {
    first: counted,
    restored: [],
    last: [answers, checkIntegrity.with({ ...order, baseline: 'baseline', behind }, place)],
  };
}
