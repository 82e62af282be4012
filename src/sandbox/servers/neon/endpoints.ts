import type { Answer, Call } from '../router.ts';
import { notFound, readPart, refuse, sayEndpoint } from './answers.ts';
import type { Work } from './operations.ts';
import {
  type Branch,
  clusterOf,
  type Endpoint,
  endpointOf,
  findBranch,
  makeId,
  type Project,
} from './project.ts';

const START_MS = 500;

/** A compute for a branch: at once there, active when a real server runs on the branch's data. */
export function openWork(
  project: Project,
  branch: Branch,
): { readonly endpoint: Endpoint; readonly work: Work } {
  const endpoint: Endpoint = { id: makeId('ep'), branch: branch.id, createdAt: new Date(), state: 'init' };
  project.endpoints.push(endpoint);
  const work: Work = {
    action: 'start_compute',
    branch: branch.id,
    endpoint: endpoint.id,
    takesMs: START_MS,
    effect: async () => {
      endpoint.cluster = await project.openCluster(branch.folder);
    },
    finish: () => {
      endpoint.state = 'active';
    },
  };
  return { endpoint, work };
}

export function listEndpoints(project: Project, { params }: Call): Answer {
  if (findBranch(project, params.branch ?? '') === undefined) return notFound('branch');
  const hits = project.endpoints.filter(({ branch }) => branch === params.branch);
  return { status: 200, json: { endpoints: hits.map((endpoint) => sayEndpoint(project, endpoint)) } };
}

const findEndpoint = (project: Project, { params }: Call): Endpoint | undefined =>
  project.endpoints.find(({ id }) => id === params.endpoint);

export function showEndpoint(project: Project, call: Call): Answer {
  const endpoint = findEndpoint(project, call);
  return endpoint
    ? { status: 200, json: { endpoint: sayEndpoint(project, endpoint) } }
    : notFound('endpoint');
}

/** A branch has at most one compute that may write. */
export function createEndpoint(project: Project, { body }: Call): Answer {
  const branch = findBranch(project, String(readPart(body, 'endpoint').branch_id ?? ''));
  if (branch === undefined) return notFound('branch');
  if (endpointOf(project, branch.id)) return refuse(409, 'read-write endpoint already exists on the branch');
  const { endpoint, work } = openWork(project, branch);
  const operations = project.operations.begin([work]);
  return { status: 201, json: { endpoint: sayEndpoint(project, endpoint), operations } };
}

export function deleteEndpoint(project: Project, call: Call): Answer {
  const endpoint = findEndpoint(project, call);
  if (endpoint === undefined) return { status: 204 };
  if (findBranch(project, endpoint.branch)?.own)
    return refuse(422, 'cannot delete the endpoint of a root branch');
  project.endpoints.splice(project.endpoints.indexOf(endpoint), 1);
  const work: Work = {
    action: 'suspend_compute',
    branch: endpoint.branch,
    endpoint: endpoint.id,
    takesMs: START_MS,
    effect: async () => endpoint.cluster?.stop(),
  };
  const operations = project.operations.begin([work]);
  return { status: 200, json: { endpoint: sayEndpoint(project, endpoint), operations } };
}

/**
 * Start and suspend change the word alone: a suspended compute wakes with its next connection, so that its server
 * may as well stay up.
 */
export const switchEndpoint =
  (to: 'active' | 'idle') =>
  (project: Project, call: Call): Answer => {
    const endpoint = findEndpoint(project, call);
    if (endpoint === undefined) return notFound('endpoint');
    const action = to === 'active' ? 'start_compute' : 'suspend_compute';
    const finish = (): void => {
      endpoint.state = to;
    };
    const work: Work = { action, branch: endpoint.branch, endpoint: endpoint.id, takesMs: START_MS, finish };
    const operations = project.operations.begin([work]);
    return { status: 200, json: { endpoint: sayEndpoint(project, endpoint), operations } };
  };

/** The address of a database on a running compute; Neon knows its databases and roles by name. */
export async function showUri(project: Project, { query }: Call): Promise<Answer> {
  const [database, role] = [query.get('database_name'), query.get('role_name')];
  if (!database || !role) return refuse(400, 'database_name and role_name are required');
  const wanted = query.get('branch_id');
  const branch = wanted ? findBranch(project, wanted) : project.branches.find(({ isDefault }) => isDefault);
  if (branch === undefined) return notFound('branch');
  const cluster = clusterOf(project, branch);
  if (cluster === undefined) return notFound('endpoint');
  const has = async (sql: string, name: string): Promise<boolean> =>
    (await cluster.query('postgres', sql, [name])).length > 0;
  if (!(await has('select 1 from pg_roles where rolname = $1', role))) return notFound('role');
  if (!(await has('select 1 from pg_database where datname = $1', database))) return notFound('database');
  return { status: 200, json: { uri: cluster.url(database, role) } };
}
