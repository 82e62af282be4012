import type { Answer, Call } from '../router.ts';
import { notFound, page, readJson, refuse, sayRun } from './answers.ts';
import type { Repository, Workflow } from './repository.ts';
import type { RunOrder } from './workflow-runs.ts';

const MOST_INPUTS = 25;

const baseOf = ({ headers }: Call): string => `http://${headers.host ?? 'github'}`;

const findWorkflow = ({ workflows }: Repository, { params }: Call): Workflow | undefined =>
  workflows.find(({ file }) => file === params.workflow);

/** Why GitHub would not take the order; undefined when it would. */
function refuseOrder({ refs }: Repository, { inputs: known }: Workflow, order: RunOrder): string | undefined {
  if (refs !== undefined && !refs.includes(order.ref)) return `No ref found for: ${order.ref}`;
  const given = Object.keys(order.inputs);
  if (given.length > MOST_INPUTS) return `Invalid request: at most ${MOST_INPUTS} inputs are allowed.`;
  const unexpected = known === undefined ? [] : given.filter((name) => !known.includes(name));
  return unexpected.length > 0 ? `Unexpected inputs provided: ${JSON.stringify(unexpected)}` : undefined;
}

/** `POST …/dispatches`: 200 with the run's id when asked for, else 204 and nothing. */
export function startWorkflow(repository: Repository, call: Call): Answer {
  const workflow = findWorkflow(repository, call);
  if (workflow === undefined) return notFound();
  const body = readJson(call.body);
  if (body === undefined) return refuse(400, 'Problems parsing JSON');
  if (typeof body.ref !== 'string') return refuse(422, 'Invalid request.\n\n"ref" wasn\'t supplied.');
  const order: RunOrder = {
    workflow: workflow.file,
    ref: body.ref,
    inputs: (body.inputs ?? {}) as RunOrder['inputs'],
  };
  const refused = refuseOrder(repository, workflow, order);
  if (refused !== undefined) return refuse(422, refused);
  const run = repository.runs.order(order);
  if (body.return_run_details !== true || !repository.givesRunDetails) return { status: 204 };
  const place = `${baseOf(call)}/repos/${repository.name}/actions/runs/${run.id}`;
  const html = `${baseOf(call)}/${repository.name}/actions/runs/${run.id}`;
  return { status: 200, json: { workflow_run_id: run.id, run_url: place, html_url: html } };
}

export function listRuns(repository: Repository, call: Call): Answer {
  const workflow = findWorkflow(repository, call);
  if (workflow === undefined) return notFound();
  const own = repository.runs.listed().filter(({ order }) => order.workflow === workflow.file);
  const { items, headers } = page(own, call.query, `${baseOf(call)}${call.path}`);
  const said = items.map((run) => sayRun(repository, run, baseOf(call)));
  return { status: 200, json: { total_count: own.length, workflow_runs: said }, headers };
}

export function showRun(repository: Repository, call: Call): Answer {
  const run = repository.runs.find(Number(call.params.run));
  return run === undefined ? notFound() : { status: 200, json: sayRun(repository, run, baseOf(call)) };
}

/** The environments that a run waits for; the id is the only one this repository has. */
const ENVIRONMENT_ID = 1;

export function listPending({ runs }: Repository, { params }: Call): Answer {
  const run = runs.find(Number(params.run));
  if (run === undefined) return notFound();
  const isWaiting = runs.statusOf(run) === 'waiting' && run.fate?.kind === 'waits';
  const environment = run.fate?.kind === 'waits' ? run.fate.environment : '';
  const pending = { environment: { id: ENVIRONMENT_ID, name: environment }, current_user_can_approve: true };
  return { status: 200, json: isWaiting ? [pending] : [] };
}

export function reviewPending({ runs }: Repository, { params, body }: Call): Answer {
  const run = runs.find(Number(params.run));
  const { state, environment_ids: ids } = readJson(body) ?? {};
  if (run === undefined) return notFound();
  const isKnown = Array.isArray(ids) && ids.includes(ENVIRONMENT_ID);
  if (!isKnown || (state !== 'approved' && state !== 'rejected')) return refuse(422, 'Validation Failed');
  if (!runs.review(run, state === 'approved'))
    return refuse(422, 'There are no pending deployment requests to approve or reject');
  return { status: 200, json: [{ id: run.id, environment: run.order.ref }] };
}
