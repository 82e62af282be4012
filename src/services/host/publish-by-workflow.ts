import type { HostTarget } from '../../config/schema/index.ts';
import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { GithubPort, WorkflowRun } from '../github/port.ts';
import { fill } from './fill.ts';
import type { Following, FoundPublish, WantedVersion } from './port.ts';
import { publishFailed, publishTooLong, withState } from './refusals.ts';
import type { HostRoom } from './room.ts';

type Workflow = Extract<HostTarget, { strategy: 'github-workflow' }>;

const LOOK_EVERY = seconds(5);

const SAID: Readonly<Record<WorkflowRun['status'], string>> = {
  queued: 'the workflow is queued',
  in_progress: 'the workflow runs',
  waiting: 'the workflow waits for an approval at GitHub',
  completed: 'the workflow has ended',
};

function githubOf({ services: { github } }: HostRoom): GithubPort {
  if (github === undefined) throw notConfigured('services.github');
  return github;
}

/** Follows the run to its end; what is told changes only when its state does. */
async function follow(room: HostRoom, host: Workflow, begun: WorkflowRun, following: Following) {
  const { clock } = room.surroundings;
  const deadline = clock.monotonic() + seconds(host.timeoutSeconds);
  let told: WorkflowRun['status'] | undefined;
  for (let run = begun; ; run = await githubOf(room).run(run.id)) {
    if (run.status === 'completed') return run;
    if (run.status !== told) following.tell?.(`${SAID[run.status]}: ${oneLine(run.url)}`);
    told = run.status;
    if (clock.monotonic() + LOOK_EVERY > deadline)
      throw publishTooLong(`The workflow ${host.workflow}`, host.timeoutSeconds, oneLine(run.url));
    await clock.sleep(LOOK_EVERY, following.signal);
  }
}

/**
 * Starts the workflow on the environment's branch with its inputs filled in, and follows the run until it has succeeded.
 * Resolves to the run's id. Throws E_PUBLISH_FAILED for any other conclusion, E_PUBLISH_TIMEOUT (unclear) when it takes
 * longer than `timeoutSeconds` (DAY-24, DAY-25).
 */
export async function publishByWorkflow(
  room: HostRoom,
  host: Workflow,
  wanted: WantedVersion,
  marker: string,
  following: Following,
): Promise<string> {
  const { branch } = room.environment;
  const inputs = Object.entries(host.inputs).map(([name, text]) => [name, fill(text, wanted)] as const);
  const begun = await githubOf(room).dispatch({
    workflow: host.workflow,
    ref: fill(branch ?? room.surroundings.runbook.source.main, wanted),
    inputs: Object.fromEntries(inputs),
    marker,
  });
  const run = await follow(room, host, begun, following).catch((error: unknown) => {
    // The run goes on while GitHub cannot be asked about it.
    throw isReleaseError(error) ? withState(error, 'unclear') : error;
  });
  if (run.conclusion === 'success') return run.id;
  throw publishFailed(host.workflow, oneLine(run.conclusion ?? 'no conclusion', 40), oneLine(run.url));
}

/** The workflow run that carries this marker; undefined when there is none. */
export async function findByWorkflow(
  room: HostRoom,
  host: Workflow,
  marker: string,
): Promise<FoundPublish | undefined> {
  const run = await githubOf(room).findRun(host.workflow, marker);
  if (run === undefined) return undefined;
  const ended = run.conclusion === 'success' ? 'accepted' : 'failed';
  const state = run.status === 'completed' ? ended : 'underway';
  return { id: run.id, state, said: `${SAID[run.status]}: ${oneLine(run.url)}` };
}
