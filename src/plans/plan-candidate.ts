import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import type { Version } from '../domain/version.ts';
import { gate, makePlan, type Runbook } from '../kit.ts';
import { maintenanceOff, maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { seeCandidate } from '../steps/git/see-candidate.ts';
import { announce } from '../steps/slack/announce.ts';
import { channelsOf } from './channels-of.ts';
import { expandDatabase } from './expand-database.ts';
import { goLive } from './go-live.ts';
import { type BranchMove, moveOwnBranch } from './move-own-branch.ts';
import { secureDatabase } from './secure-database.ts';

/** What was true when the plan was made. */
export interface CandidateFacts {
  /** The tag, like `v2.1.0-rc.1`, or a version that was released. */
  readonly version: Version;
  readonly commit: string;
  /** Live now, as its tag where it has one, with its v; empty when nothing is. */
  readonly from: string;
  readonly branchName: string;
  /** Migration files the database does not have yet, in order. */
  readonly pending: readonly string[];
  /** The branch of the environment alone, where it has one. */
  readonly move?: BranchMove;
  /** The release branch, where the platform publishes its tip and nothing else. */
  readonly follows?: string;
  readonly at: string;
  readonly configDigest: string;
  readonly run: string;
  readonly notes: JsonObject;
}

const UNREHEARSED = { before: '', after: '', unproven: 'a candidate is tried here, not rehearsed' };

/** A line to the team, and to nobody else; only where it has a route (PRE-15). */
function tellTeam({ notes, commit }: CandidateFacts, runbook: Runbook): PlanEntry[] {
  const channels = channelsOf(runbook, 'rc-staged');
  const said = { ...notes, commit: commit.slice(0, 7) };
  return channels.length === 0 ? [] : [announce('rc-staged', { channels, name: 'announce', notes: said })];
}

/**
 * A candidate comes to an environment where it is tried (PRE-15): seen, secured, migrated, published as exactly its commit,
 * proven, tested. Nothing is merged, tagged or told to customers; every effect names this environment, and the only ref
 * that may move is its own branch.
 */
export function planCandidate(facts: CandidateFacts, runbook: Runbook, env: string): Plan {
  const { version, commit, from, follows, move, pending, configDigest } = facts;
  const environment = runbook.environments[env];
  const maintained = environment?.maintenance !== undefined;
  const seen = { version, commit, ...(follows === undefined ? {} : { follows }) };
  const expanding = { branch: commit, pending, schema: UNREHEARSED, provesApart: true } as const;
  const entries = [
    seeCandidate.with(seen, { name: 'candidate' }),
    // An application that is down refuses it, and the candidate may be what mends that.
    ...(maintained ? [maintenanceOn.with({ env }, { name: 'maintenance-on', onFailure: 'warn' })] : []),
    ...secureDatabase(facts, runbook, env),
    ...expandDatabase(expanding, runbook, env),
    // Behind the migrations: a platform may publish by itself when the branch moves (E-35).
    ...moveOwnBranch(move, facts, env),
    ...goLive({ version, commitOf: 'candidate' }, runbook, env),
    ...(maintained
      ? [maintenanceOff.with({ env }, { name: 'maintenance-off', provenBy: 'prove-live' })]
      : []),
    ...(environment?.host ? [gate('post-deploy', 'Health, database and payments answer', 'gate-open')] : []),
    ...tellTeam(facts, runbook),
  ];
  const moved = move === undefined ? {} : { [move.branch]: move.from };
  const basis = { commit, from, pending: [...pending], moved, configDigest };
  return makePlan({ command: 'deploy', service: runbook.service, env, version, from, basis }, entries);
}
