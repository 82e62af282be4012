import { randomUUID } from 'node:crypto';
import { type Answer, type Call, type Handler, route } from '../router.ts';
import { notFound, refuse } from './answers.ts';
import {
  changeBranch,
  createBranch,
  deleteBranch,
  expireBranches,
  listBranches,
  showBranch,
} from './branches.ts';
import {
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  showEndpoint,
  showUri,
  switchEndpoint,
} from './endpoints.ts';
import type { Project } from './project.ts';
import { restoreBranch } from './restore.ts';

const BRANCH = '/api/v2/projects/:project/branches/:branch';
const ENDPOINT = '/api/v2/projects/:project/endpoints/:endpoint';

type ProjectHandler = (project: Project, call: Call) => Answer | Promise<Answer>;

const showProject: ProjectHandler = ({ id, retentionSeconds }) => ({
  status: 200,
  json: {
    project: {
      id,
      name: 'sandbox',
      region_id: 'sandbox',
      pg_version: 18,
      history_retention_seconds: retentionSeconds,
      owner: { subscription_type: 'launch', branches_limit: 10 },
      branch_logical_size_limit_bytes: 10 * 1024 ** 3,
    },
  },
});

const listOperations: ProjectHandler = ({ operations }, { query }) => {
  const limit = Number(query.get('limit') ?? 1000);
  return { status: 200, json: { operations: operations.all().slice(0, limit), pagination: {} } };
};

const showOperation: ProjectHandler = ({ operations }, { params }) => {
  const operation = operations.find(params.operation ?? '');
  return operation ? { status: 200, json: { operation } } : notFound('operation');
};

const HANDLERS: Readonly<Record<string, ProjectHandler>> = {
  'GET /api/v2/projects/:project': showProject,
  'GET /api/v2/projects/:project/operations': listOperations,
  'GET /api/v2/projects/:project/operations/:operation': showOperation,
  'GET /api/v2/projects/:project/connection_uri': showUri,
  'GET /api/v2/projects/:project/branches': listBranches,
  'POST /api/v2/projects/:project/branches': createBranch,
  [`GET ${BRANCH}`]: showBranch,
  [`PATCH ${BRANCH}`]: changeBranch,
  [`DELETE ${BRANCH}`]: deleteBranch,
  [`POST ${BRANCH}/restore`]: restoreBranch,
  [`GET ${BRANCH}/endpoints`]: listEndpoints,
  'POST /api/v2/projects/:project/endpoints': createEndpoint,
  [`GET ${ENDPOINT}`]: showEndpoint,
  [`DELETE ${ENDPOINT}`]: deleteEndpoint,
  [`POST ${ENDPOINT}/start`]: switchEndpoint('active'),
  [`POST ${ENDPOINT}/suspend`]: switchEndpoint('idle'),
};

/** Every answer carries the id that the caller sent, or one of ours, also inside an error. */
export function withRequestId(answer: Answer, { headers }: Call): Answer {
  if (typeof answer === 'string') return answer;
  const id = String(headers['x-request-id'] ?? randomUUID());
  const isError = answer.status >= 400 && typeof answer.json === 'object';
  const json = isError ? { json: { request_id: id, ...answer.json } } : {};
  return { ...answer, ...json, headers: { ...answer.headers, 'x-request-id': id } };
}

const LOCKED = refuse(423, 'project already has running operations, scheduling of new ones is prohibited');

const serve =
  (project: Project, handler: ProjectHandler): Handler =>
  async (call) => {
    await project.operations.settle();
    await expireBranches(project);
    if (call.params.project !== project.id) return withRequestId(notFound('project'), call);
    const isChange = call.method !== 'GET';
    const answer = isChange && project.operations.isBusy() ? LOCKED : await handler(project, call);
    return withRequestId(answer, call);
  };

/** Neon's paths for one project. */
export const neonRoutes = (project: Project) =>
  Object.entries(HANDLERS).map(([where, handler]) => route(where, serve(project, handler)));
