import { isWaitedFor } from '../config/make-decision-rule.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import type { Version } from '../domain/version.ts';
import { gate, makePlan, type Runbook, signOff } from '../kit.ts';
import { maintenanceOff, maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { publishRelease } from '../steps/git/publish-release.ts';
import { assignRoles } from '../steps/people/assign-roles.ts';
import { standUp } from '../steps/people/stand-up.ts';
import { announce } from '../steps/slack/announce.ts';
import { beSigned } from './be-signed.ts';
import { channelsOf } from './channels-of.ts';
import { type ExpandFacts, expandDatabase } from './expand-database.ts';
import { goLive } from './go-live.ts';
import { secureDatabase } from './secure-database.ts';

/** What was true when the plan was made. */
export interface DeployFacts extends ExpandFacts {
  readonly version: Version;
  /** Live now, with its v; empty when nothing is. */
  readonly from: string;
  readonly main: string;
  readonly branchName: string;
  /** Fixed moment of the plan: dates of the merge and the tag. */
  readonly at: string;
  readonly configDigest: string;
  readonly run: string;
  /** What the changelog says about the version (COM-01d). */
  readonly notes: JsonObject;
}

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

/**
 * The people of decision 2 are asked as soon as the smoke tests have spoken; nobody waits for them (DP-2a), nor for a Slack that is
 * silent: users are kept out meanwhile.
 */
function ask(runbook: Runbook): PlanEntry[] {
  const channels = channelsOf(runbook, 'decision-needed');
  const how = { channels, thread: 'announce', notes: { point: 2 }, name: 'ask-2', beside: true } as const;
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
    ...secureDatabase(facts, runbook, env),
    ...expandDatabase(facts, runbook, env),
    mergeAndPush(facts, runbook, env),
    ...goLive({ version: facts.version, commitOf: 'merge-and-tag' }, runbook, env),
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
