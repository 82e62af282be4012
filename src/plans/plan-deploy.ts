import { isWaitedFor } from '../config/make-decision-rule.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import { chooseLockTimeout, type RehearsedFile, type RehearsedSchema } from '../domain/rehearsed.ts';
import { findChannels } from '../domain/template-names.ts';
import { bareVersion, type Version } from '../domain/version.ts';
import { gate, makePlan, type Runbook, signOff } from '../kit.ts';
import { smokeTest } from '../steps/app/smoke-test.ts';
import { maintenanceOff, maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { warmUp } from '../steps/app/warm-up.ts';
import { publishRelease } from '../steps/git/publish-release.ts';
import { proveLive } from '../steps/host/prove-live.ts';
import { publish } from '../steps/host/publish.ts';
import { backUp } from '../steps/neon/back-up.ts';
import { openBackup } from '../steps/neon/open-backup.ts';
import { assignRoles } from '../steps/people/assign-roles.ts';
import { standUp } from '../steps/people/stand-up.ts';
import { backUpSchema } from '../steps/postgres/back-up-schema.ts';
import { markRestorePoint } from '../steps/postgres/mark-restore-point.ts';
import { migrate } from '../steps/postgres/migrate.ts';
import { proveSchema } from '../steps/postgres/prove-schema.ts';
import { takeBaseline } from '../steps/postgres/take-baseline.ts';
import { announce } from '../steps/slack/announce.ts';
import { beSigned } from './be-signed.ts';
import { compareMigrated } from './data-compared.ts';

/** What was true when the plan was made. */
export interface DeployFacts {
  readonly version: Version;
  /** Live now, with its v; empty when nothing is. */
  readonly from: string;
  readonly main: string;
  readonly branch: string;
  readonly branchName: string;
  /** Migration files the database does not have yet, in order. */
  readonly pending: readonly string[];
  /** Fixed moment of the plan: dates of the merge and the tag. */
  readonly at: string;
  readonly configDigest: string;
  readonly run: string;
  /** Migrations as they were rehearsed, by file; what is missing is planned by the configuration. */
  readonly rehearsed?: ReadonlyMap<string, RehearsedFile>;
  /** The schema before and after the rehearsal, or why there is none; missing: no rehearsal is on record. */
  readonly schema?: RehearsedSchema;
  /** What the changelog says about the version (COM-01d). */
  readonly notes: JsonObject;
}

const UNREHEARSED_MS = 40_000;
const UNPROVEN: RehearsedSchema = { before: '', after: '', unproven: 'no rehearsal is on record' };

/** Slack channels of a template; none when Slack is not configured. */
export const channelsOf = (runbook: Runbook, template: string): string[] => [
  ...findChannels(runbook.services.slack?.routes ?? {}, template),
];

const tell = (
  { notes }: DeployFacts,
  runbook: Runbook,
  template: string,
  name: string,
  thread?: string,
): PlanEntry[] => {
  const channels = channelsOf(runbook, template);
  if (channels.length === 0) return [];
  return [announce(template, { channels, name, notes, ...(thread ? { thread } : {}) })];
};

/** The people of decision 2 are asked as soon as the smoke tests have spoken; nobody waits for them (DP-2a). */
function ask(runbook: Runbook): PlanEntry[] {
  const channels = channelsOf(runbook, 'decision-needed');
  const how = { channels, thread: 'announce', notes: { point: 2 }, name: 'ask-2' };
  return channels.length === 0 ? [] : [announce('decision-needed', how)];
}

/** Roles that are given to somebody for each release (DAY-04). */
const OF_THE_DAY = ['deployment-lead', 'monitor', 'communications', 'rollback-lead'];

function gather({ standUp: points, roles }: Runbook): PlanEntry[] {
  const known = OF_THE_DAY.filter((role) => roles[role] !== undefined);
  return [
    ...(points.length > 0 ? [standUp.with({ points: [...points] }, { name: 'stand-up' })] : []),
    ...(known.length > 0 ? [assignRoles.with({ roles: known }, { name: 'roles' })] : []),
  ];
}

/** Restore point, a backup that was opened, and the numbers that must still hold afterwards. */
function secure(facts: DeployFacts, runbook: Runbook, env: string): PlanEntry[] {
  const environment = runbook.environments[env];
  const name = `pre-${facts.version}-${facts.run.slice(-4)}`;
  return [
    ...(environment?.database ? [markRestorePoint.with({ env }, { name: 'restore-point' })] : []),
    ...(environment?.neon
      ? [
          backUp.with({ env, name }, { name: 'backup', usualMs: 20_000 }),
          ...(environment.database
            ? [openBackup.with({ env, backup: 'backup', name }, { name: 'open-backup' })]
            : []),
        ]
      : []),
    ...(environment?.database && runbook.integrity.length > 0
      ? [takeBaseline.with({ env }, { name: 'baseline' })]
      : []),
  ];
}

/** A rehearsed file has its measured time, and waits for its lock in proportion to how long it will hold it. */
function migrateOne(
  { branch: commit, rehearsed }: DeployFacts,
  { migrations }: Runbook,
  env: string,
  tag: string,
): PlanEntry {
  const known = rehearsed?.get(tag);
  const name = `migrate:${tag}`;
  if (known === undefined || migrations === undefined)
    return migrate.with({ env, commit, tag }, { name, usualMs: UNREHEARSED_MS });
  const lockTimeoutMs = chooseLockTimeout(known.lockedMs, migrations.lockTimeoutSeconds * 1000);
  const usualMs = Math.max(1000, known.tookMs);
  return migrate.with({ env, commit, tag, lockTimeoutMs }, { name, usualMs });
}

/** Expand migrations go before the push, because a push may publish by itself (E-35). */
function expand(facts: DeployFacts, runbook: Runbook, env: string): PlanEntry[] {
  if (facts.pending.length === 0) return [];
  const { before, after, unproven } = { ...UNPROVEN, ...facts.schema };
  return [
    backUpSchema.with({ env, rehearsed: before }, { name: 'schema-before' }),
    ...facts.pending.map((tag) => migrateOne(facts, runbook, env, tag)),
    proveSchema.with({ env, before, after, unproven }, { name: 'schema-after' }),
    ...compareMigrated(runbook, env),
  ];
}

function mergeAndPush(facts: DeployFacts, runbook: Runbook, env: string): PlanEntry {
  const { version, main, branch, branchName, at, run, from } = facts;
  const trailers = {
    'Release-Run': run,
    'Release-Environment': env,
    ...(from ? { 'Previous-Version': from } : {}),
    'Previous-Sha': main,
    ...(facts.pending.length > 0 ? { 'Migrations-Applied': facts.pending.join(' ') } : {}),
  };
  const input = { mainBranch: runbook.source.main, version, main, branch, branchName, at, trailers };
  return publishRelease.with(input, { name: 'merge-and-tag', usualMs: 10_000 });
}

function goLive(facts: DeployFacts, runbook: Runbook, env: string): PlanEntry[] {
  if (runbook.environments[env]?.host === undefined) return [];
  const version = facts.version;
  const input = { env, version: bareVersion(version), commitOf: 'merge-and-tag', commit: '' };
  return [
    publish.with(input, { name: 'publish', usualMs: 240_000 }),
    proveLive.with(
      { env, version: bareVersion(version), commitOf: 'merge-and-tag' },
      { name: 'prove-live', redoes: 'publish' },
    ),
    ...(runbook.smoke
      ? [
          warmUp.with({ env }, { name: 'warm-up' }),
          smokeTest.with({ env, version: bareVersion(version) }, { name: 'smoke', usualMs: 90_000 }),
          gate('smoke', 'Smoke tests say go', 'gate-smoke'),
        ]
      : []),
  ];
}

/**
 * The release day of the runbook in its corrected order (DAY rows; corrections 2.4): gather, tell, secure, expand, merge,
 * publish, prove, test, decide, open, look, tell. What is not configured is left out.
 */
export function planDeploy(facts: DeployFacts, runbook: Runbook, env: string): Plan {
  const environment = runbook.environments[env];
  const decision = runbook.decisions?.['2'];
  const maintained = environment?.maintenance !== undefined;
  const entries = [
    ...beSigned(runbook),
    ...gather(runbook),
    ...tell(facts, runbook, 'release-start', 'announce'),
    ...(maintained ? [maintenanceOn.with({ env }, { name: 'maintenance-on' })] : []),
    ...secure(facts, runbook, env),
    ...expand(facts, runbook, env),
    mergeAndPush(facts, runbook, env),
    ...goLive(facts, runbook, env),
    ...(decision
      ? [...ask(runbook), signOff(2, decision.title, decision.roles, isWaitedFor(runbook, 2))]
      : []),
    ...(maintained
      ? [maintenanceOff.with({ env }, { name: 'maintenance-off', provenBy: 'prove-live' })]
      : []),
    // Behind the open door: maintenance mode would refuse Stripe's deliveries as well (DAY-31 to DAY-34).
    ...(environment?.host ? [gate('post-deploy', 'Health, database and payments answer', 'gate-open')] : []),
    ...tell(facts, runbook, 'release-progress', 'progress', 'announce'),
  ];
  const { version, from, main, branch, configDigest } = facts;
  const basis = { main, branch, from, pending: [...facts.pending], configDigest };
  return makePlan({ command: 'deploy', service: runbook.service, env, version, from, basis }, entries);
}
