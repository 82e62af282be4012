import { isReleaseError } from '../../domain/failure.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import { plural } from '../../domain/plural.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { ReleaseScope } from '../../kit.ts';
import { planDeploy } from '../../plans/plan-deploy.ts';
import { planIdOf } from '../../plans/plan-id.ts';
import type { CliContext } from '../context.ts';
import { writeDeployPlan } from '../deploy/write-deploy-plan.ts';
import { readStanding } from '../facts/read-deploy-facts.ts';
import { withRehearsal } from '../facts/with-rehearsal.ts';
import type { Wired } from '../wired.ts';

/** The plan of the deployment, and what it proves. */
interface DeployPlan {
  readonly proof: Proof;
  readonly text: string;
}

const FROM = 'plan';

async function makeIt({ version }: ReleaseScope, context: CliContext, wired: Wired): Promise<DeployPlan> {
  const { runbook, env, clock } = wired;
  const standing = await readStanding(wired, parseReleaseVersion(version), makeRunId(clock, context.random));
  const next = `release handoff after ${version}`;
  if (standing.kind === 'live')
    return { proof: { state: 'not', said: `${version} is live already`, from: FROM, next }, text: '' };
  const facts = await withRehearsal(standing.facts, wired);
  const id = planIdOf(facts, runbook, env);
  const plan = planDeploy(facts, runbook, env);
  const said = `plan ${id}, ${plural(plan.entries.length, 'step')}`;
  return {
    proof: { state: 'holds', said, from: FROM, mark: id },
    text: writeDeployPlan(plan, { id, gate: 'asked again by the deployment', at: facts.at }, wired),
  };
}

/** HOP-09: the instructions of the deployment are its plan, which is made from the candidate and can be made again. */
export async function readDeployPlan(
  release: ReleaseScope,
  context: CliContext,
  wired: Wired,
): Promise<DeployPlan> {
  try {
    return await makeIt(release, context, wired);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { what, next } = error.text;
    return { proof: { state: 'unknown', said: what, from: FROM, ...(next ? { next } : {}) }, text: '' };
  }
}
