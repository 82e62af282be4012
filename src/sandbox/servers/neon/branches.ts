import { rmSync } from 'node:fs';
import type { Answer, Call } from '../router.ts';
import { notFound, readJson, readPart, refuse, sayBranch, sayEndpoint, textOf } from './answers.ts';
import { openWork } from './endpoints.ts';
import type { PastPoint } from './ground.ts';
import type { Work } from './operations.ts';
import { refusePoint, toTarget } from './past.ts';
import {
  type Branch,
  childrenOf,
  clusterOf,
  endpointOf,
  findBranch,
  makeId,
  nameFolder,
  type Project,
  withCluster,
} from './project.ts';

const CREATE_MS = 1000;
const DELETE_MS = 300;

export function listBranches(project: Project, { query }: Call): Answer {
  const search = query.get('search') ?? '';
  const hits = project.branches.filter(({ id, name }) => id.includes(search) || name.includes(search));
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 10_000);
  const page = hits.slice(from, from + limit);
  const next = from + limit < hits.length ? { next: String(from + limit) } : {};
  const said = page.map((branch) => sayBranch(project, branch));
  return { status: 200, json: { branches: said, annotations: {}, pagination: next } };
}

export function showBranch(project: Project, { params }: Call): Answer {
  const branch = findBranch(project, params.branch ?? '');
  return branch ? { status: 200, json: { branch: sayBranch(project, branch) } } : notFound('branch');
}

const readPoint = (order: Readonly<Record<string, unknown>>): PastPoint | undefined => {
  const lsn = textOf(order.parent_lsn);
  const at = textOf(order.parent_timestamp);
  if (lsn !== undefined) return { lsn };
  return at === undefined ? undefined : { at };
};

function readExpiry(order: Readonly<Record<string, unknown>>): Date | undefined | 'past' {
  const text = textOf(order.expires_at);
  if (text === undefined) return undefined;
  const at = new Date(text);
  return at.getTime() > Date.now() ? at : 'past';
}

/** Copies the parent as it is, or as it was then. */
const copyParent = (project: Project, parent: Branch, folder: string, point?: PastPoint): Promise<void> =>
  withCluster(project, parent, (cluster) =>
    point === undefined ? cluster.copyTo(folder) : cluster.recoverTo(folder, toTarget(point)),
  );

/** A branch that exists by name at once and becomes ready when its operation ends. */
export function plantBranch(
  project: Project,
  name: string,
  parent: Branch | undefined,
  expiresAt?: Date,
): Branch {
  const branch: Branch = {
    id: makeId('br'),
    name,
    ...(parent === undefined ? {} : { parent: parent.id }),
    createdAt: new Date(),
    updatedAt: new Date(),
    state: 'init',
    isProtected: false,
    isDefault: false,
    restricted: [],
    folder: nameFolder(project),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  project.branches.push(branch);
  return branch;
}

export const makeReady = (branch: Branch): void => {
  branch.state = 'ready';
  branch.updatedAt = new Date();
};

/** `POST …/branches`; with `endpoints` also a compute. */
export async function createBranch(project: Project, { body }: Call): Promise<Answer> {
  const order = readPart(body, 'branch');
  const parent =
    order.parent_id === undefined
      ? project.branches.find((b) => b.isDefault)
      : findBranch(project, String(order.parent_id));
  if (parent === undefined) return notFound('parent branch');
  const name = textOf(order.name) ?? `br-${project.branches.length}`;
  if (project.branches.some((branch) => branch.name === name))
    return refuse(409, `branch name ${name} already exists`);
  const point = readPoint(order);
  const source = clusterOf(project, parent);
  if (point !== undefined) {
    const refused = source ? await refusePoint(project, parent, source, point) : 'the parent has no history';
    if (refused !== undefined) return refuse(400, refused);
  }
  const expiry = readExpiry(order);
  if (expiry === 'past') return refuse(400, 'expires_at must be in the future');
  const branch = plantBranch(project, name, parent, expiry);
  const copy: Work = {
    action: 'create_branch',
    branch: branch.id,
    takesMs: CREATE_MS,
    effect: () => copyParent(project, parent, branch.folder, point),
    finish: () => makeReady(branch),
  };
  const wanted = readJson(body).endpoints;
  const open = Array.isArray(wanted) && wanted.length > 0 ? openWork(project, branch) : undefined;
  const operations = project.operations.begin(open ? [copy, open.work] : [copy]);
  const endpoints = open ? [sayEndpoint(project, open.endpoint)] : [];
  return {
    status: 201,
    json: { branch: sayBranch(project, branch), endpoints, operations, roles: [], databases: [] },
  };
}

export function changeBranch(project: Project, { params, body }: Call): Answer {
  const branch = findBranch(project, params.branch ?? '');
  if (branch === undefined) return notFound('branch');
  const order = readPart(body, 'branch');
  const name = textOf(order.name);
  if (name !== undefined && project.branches.some((other) => other !== branch && other.name === name)) {
    return refuse(409, `branch name ${name} already exists`);
  }
  branch.name = name ?? branch.name;
  if (typeof order.protected === 'boolean') branch.isProtected = order.protected;
  branch.updatedAt = new Date();
  return { status: 200, json: { branch: sayBranch(project, branch), operations: [] } };
}

const whyKept = (project: Project, branch: Branch): string | undefined => {
  if (branch.isDefault) return 'cannot delete the default branch';
  if (branch.isProtected) return 'cannot delete a protected branch';
  if (branch.own !== undefined) return 'cannot delete a root branch';
  return childrenOf(project, branch).length > 0 ? 'cannot delete a branch with children' : undefined;
};

/** Forgets the branch and its compute at once; the answer stops the server and removes the data. */
function takeOut(project: Project, branch: Branch): () => Promise<void> {
  const endpoint = endpointOf(project, branch.id);
  project.branches.splice(project.branches.indexOf(branch), 1);
  if (endpoint) project.endpoints.splice(project.endpoints.indexOf(endpoint), 1);
  return async () => {
    await endpoint?.cluster?.stop();
    rmSync(branch.folder, { recursive: true, force: true });
  };
}

/** Deletes what has outlived the moment that it was made with. */
export async function expireBranches(project: Project): Promise<void> {
  const over = project.branches.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= new Date());
  await Promise.all(over.map((branch) => takeOut(project, branch)()));
}

/** 200 with operations, or 204 when the branch is gone already. */
export function deleteBranch(project: Project, { params }: Call): Answer {
  const branch = findBranch(project, params.branch ?? '');
  if (branch === undefined) return { status: 204 };
  const kept = whyKept(project, branch);
  if (kept !== undefined) return refuse(422, kept);
  const effect = takeOut(project, branch);
  const work = { action: 'delete_timeline', branch: branch.id, takesMs: DELETE_MS, effect };
  return {
    status: 200,
    json: { branch: sayBranch(project, branch), operations: project.operations.begin([work]) },
  };
}
