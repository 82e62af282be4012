import type { Environment } from '../../config/schema/index.ts';
import type { AskNeon } from './client.ts';
import { noSuchBranch } from './refusals.ts';
import { branchAnswer, branchesAnswer, type NeonBranch } from './shapes.ts';

export type NeonTarget = NonNullable<Environment['neon']>;

const PAGE = 100;
/** More branches than any plan allows; it ends a paging that would go round in circles. */
const MOST_PAGES = 60;

/** Every branch of the project, or those whose name or id contains `search`. */
export async function listBranches(
  ask: AskNeon,
  project: string,
  search?: string,
): Promise<readonly NeonBranch[]> {
  const found: NeonBranch[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = {
      projectId: project,
      limit: PAGE,
      ...(search ? { search } : {}),
      ...(cursor ? { cursor } : {}),
    };
    const { branches, pagination } = await ask({
      doing: 'list the branches',
      effect: 'read',
      project,
      shape: branchesAnswer,
      send: (api, params) => api.listProjectBranches(query, params),
    });
    found.push(...branches);
    // Branches page by `next`, unlike everything else, which pages by `cursor`.
    cursor = pagination?.next ?? undefined;
    if (!cursor || branches.length === 0) break;
  }
  return found;
}

/** The branch of exactly this name; `search` alone would also find its longer neighbours. */
export async function findByName(
  ask: AskNeon,
  project: string,
  name: string,
): Promise<NeonBranch | undefined> {
  return (await listBranches(ask, project, name)).find((branch) => branch.name === name);
}

export async function readBranch(ask: AskNeon, project: string, id: string): Promise<NeonBranch> {
  const { branch } = await ask({
    doing: `show the branch ${id}`,
    effect: 'read',
    project,
    shape: branchAnswer,
    send: (api, params) => api.getProjectBranch(project, id, params),
  });
  return branch;
}

/** The branch that the configuration names by name or by id; throws E_NEON_BRANCH when it is not there. */
export async function readTarget(ask: AskNeon, target: NeonTarget): Promise<NeonBranch> {
  const all = await listBranches(ask, target.project, target.branch);
  const found = all.find(({ id, name }) => name === target.branch || id === target.branch);
  if (found === undefined) throw noSuchBranch(target.branch, target.project);
  return found;
}

/** Ready for use, with nothing still under way. */
export const isReady = (branch: NeonBranch): boolean =>
  branch.current_state === 'ready' && !branch.pending_state;
