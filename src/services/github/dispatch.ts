import type { Clock } from '../../domain/clock.ts';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { AskGithub } from './client.ts';
import { findRun } from './find-run.ts';
import type { GithubPort, WorkflowRun } from './port.ts';
import { dispatchAnswer } from './shapes.ts';

type Order = Parameters<GithubPort['dispatch']>[0];

/** The input that carries the marker. A workflow that shows it in its `run-name` can be found again. */
const MARKER_INPUT = 'marker';
/** GitHub takes no more. */
const MOST_INPUTS = 25;
/** A new run is listed some seconds after it began. */
const LOOKS = 5;
const PAUSE_MS = 2000;

const isMarked = ({ inputs, marker }: Order): boolean =>
  Object.values(inputs).some((value) => value.includes(marker));

const withMarker = (order: Order): Order['inputs'] =>
  isMarked(order) || Object.keys(order.inputs).length >= MOST_INPUTS || MARKER_INPUT in order.inputs
    ? order.inputs
    : { ...order.inputs, [MARKER_INPUT]: order.marker };

/** A workflow that does not declare the input refuses the whole order, before anything is done. */
const refusesMarker = (error: unknown): boolean =>
  isReleaseError(error, 'E_GITHUB_REFUSED') &&
  new RegExp(`unexpected inputs.*"${MARKER_INPUT}"`, 'i').test(error.text.why ?? '');

const notFound = ({ workflow, marker }: Order): ReleaseError =>
  new ReleaseError('E_GITHUB_RUN', {
    what: `GitHub accepted to start ${workflow}, but no run of it carries ${marker}.`,
    why: 'This GitHub does not say which run it started, and the run’s name does not show the marker.',
    next: `Look at the workflow’s runs. Declare the input ${MARKER_INPUT} and write run-name: "… \${{ inputs.${MARKER_INPUT} }}".`,
    state: 'unclear',
  });

async function lookFor(
  ask: AskGithub,
  clock: Clock,
  { workflow, marker }: Order,
): Promise<WorkflowRun | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    await clock.sleep(PAUSE_MS);
    const found = await findRun(ask, workflow, marker).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Orders the run once; the run when GitHub says which one it is, undefined when it only accepted. */
async function order(
  ask: AskGithub,
  { workflow, ref }: Order,
  inputs: Order['inputs'],
): Promise<WorkflowRun | undefined> {
  const { answer } = await ask({
    doing: `start the workflow ${workflow}`,
    effect: 'write',
    path: `/actions/workflows/${encodeURIComponent(workflow)}/dispatches`,
    json: { ref, inputs, return_run_details: true },
    shape: dispatchAnswer,
  });
  return answer && { id: String(answer.workflow_run_id), status: 'queued', url: answer.html_url };
}

async function orderWithMarker(ask: AskGithub, wanted: Order): Promise<WorkflowRun | undefined> {
  const inputs = withMarker(wanted);
  try {
    return await order(ask, wanted, inputs);
  } catch (error) {
    if (inputs === wanted.inputs || !refusesMarker(error)) throw error;
    return order(ask, wanted, wanted.inputs);
  }
}

/**
 * Starts a workflow and returns its run. A lost answer is never followed by a second order: the run is looked for by
 * its marker, and the error stays 'unclear' when it is not there (F54, F56). Throws E_GITHUB_RUN when GitHub accepted
 * and the run cannot be told (DAY-24).
 */
export async function dispatch(ask: AskGithub, clock: Clock, wanted: Order): Promise<WorkflowRun> {
  try {
    const run = (await orderWithMarker(ask, wanted)) ?? (await lookFor(ask, clock, wanted));
    if (run !== undefined) return run;
  } catch (error) {
    if (!isReleaseError(error) || error.text.state !== 'unclear') throw error;
    const found = await lookFor(ask, clock, wanted);
    if (found !== undefined) return found;
    throw error;
  }
  throw notFound(wanted);
}
