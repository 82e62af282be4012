import type { Answer, Call } from '../router.ts';
import { notFound, readJson, refuse, sayBranch, textOf } from './answers.ts';
import { makeReady, plantBranch } from './branches.ts';
import type { BranchCluster, PastPoint } from './ground.ts';
import { readLsn, refusePoint, toTarget } from './past.ts';
import {
  type Branch,
  childrenOf,
  clusterOf,
  findBranch,
  nameFolder,
  type Project,
  withCluster,
} from './project.ts';

const RESTORE_MS = 2500;

interface Order {
  readonly branch: Branch;
  readonly cluster: BranchCluster;
  readonly source: Branch;
  readonly point: PastPoint | undefined;
  readonly keepAs: string | undefined;
}

function readPoint(body: Readonly<Record<string, unknown>>): PastPoint | undefined | 'both' {
  const lsn = textOf(body.source_lsn);
  const at = textOf(body.source_timestamp);
  if (lsn !== undefined && at !== undefined) return 'both';
  if (lsn !== undefined) return { lsn };
  return at === undefined ? undefined : { at };
}

/** Who is restored from what; an answer when the order makes no sense. */
function readOrder(project: Project, { params, body }: Call): Order | Answer {
  const branch = findBranch(project, params.branch ?? '');
  if (branch === undefined) return notFound('branch');
  const order = readJson(body);
  const source = findBranch(project, String(order.source_branch_id ?? ''));
  if (source === undefined) return notFound('source branch');
  const point = readPoint(order);
  if (point === 'both') return refuse(400, 'source_timestamp and source_lsn exclude each other');
  const cluster = clusterOf(project, branch);
  if (cluster === undefined) return refuse(422, 'the branch has no endpoint');
  return { branch, cluster, source, point, keepAs: textOf(order.preserve_under_name) };
}

/** Neon's own conditions; undefined when the restore may begin. */
async function refuseOrder(project: Project, order: Order): Promise<Answer | undefined> {
  const { branch, cluster, source, point, keepAs } = order;
  const restriction = branch.restricted.find(({ name }) => name === 'restore');
  if (restriction) return refuse(422, restriction.reason);
  const isOwnPast = source === branch;
  if (isOwnPast && point === undefined) return refuse(400, 'source_timestamp or source_lsn is required');
  const mustKeep = isOwnPast || childrenOf(project, branch).length > 0;
  if (mustKeep && keepAs === undefined) return refuse(400, 'preserve_under_name is required');
  if (project.branches.some(({ name }) => name === keepAs))
    return refuse(409, `branch name ${keepAs} already exists`);
  if (point === undefined) return undefined;
  const history = isOwnPast ? cluster : clusterOf(project, source);
  if (history === undefined) return refuse(422, 'the source branch has no history');
  const refused = await refusePoint(project, source, history, point);
  return refused === undefined ? undefined : refuse(400, refused);
}

/** The data that will take the branch's place. */
async function makeData(project: Project, { source, point }: Order): Promise<string> {
  const folder = nameFolder(project);
  await withCluster(project, source, (cluster) =>
    point === undefined ? cluster.copyTo(folder) : cluster.recoverTo(folder, toTarget(point)),
  );
  return folder;
}

/** The state before becomes a branch of its own; children move below it. */
function keepState(project: Project, { branch, keepAs }: Order): Branch | undefined {
  if (keepAs === undefined) return undefined;
  const parent = branch.parent === undefined ? undefined : findBranch(project, branch.parent);
  const kept = plantBranch(project, keepAs, parent);
  for (const child of childrenOf(project, branch)) child.parent = kept.id;
  if (parent !== undefined) branch.parent = kept.id;
  return kept;
}

/** `POST …/branches/:branch/restore`: the id and the address stay, the sessions are cut, rows really go. */
export async function restoreBranch(project: Project, call: Call): Promise<Answer> {
  const order = readOrder(project, call);
  if (typeof order === 'string' || !('cluster' in order)) return order;
  const refused = await refuseOrder(project, order);
  if (refused !== undefined) return refused;
  const { branch, cluster, point, keepAs } = order;
  const kept = keepState(project, order);
  branch.state = 'resetting';
  const effect = async (): Promise<void> => {
    await cluster.swapIn(await makeData(project, order), kept?.folder ?? nameFolder(project));
    branch.sinceLsn = await readLsn(cluster);
  };
  const finish = (): void => {
    makeReady(branch);
    branch.lastResetAt = new Date();
    if (kept) makeReady(kept);
  };
  const work = { action: 'create_branch', branch: branch.id, takesMs: RESTORE_MS, effect, finish };
  const operations = project.operations.begin([work]);
  const target = point === undefined ? 'head' : 'lsn' in point ? point.lsn : point.at;
  project.restores.push({ branch: branch.name, target, keptAs: keepAs ?? '', at: new Date().toISOString() });
  return { status: 200, json: { branch: sayBranch(project, branch), operations } };
}
