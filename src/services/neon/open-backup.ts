import { isReleaseError } from '../../domain/failure.ts';
import { readBackupBranch } from './backup.ts';
import { waitForOperations } from './operations.ts';
import type { NeonRoom } from './room.ts';
import { deletedAnswer, endpointsAnswer, endpointWorkAnswer, uriAnswer } from './shapes.ts';

const READ_TRIES = 3;
const WARM_UP_MS = 2000;

/** A compute may refuse its first connection while it wakes up (apis.md 1.5); reading twice changes nothing. */
async function readPatiently<T>({ surroundings }: NeonRoom, read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (tries === READ_TRIES) throw error;
      await surroundings.clock.sleep(WARM_UP_MS);
    }
  }
}

async function findEndpoint({ ask, target }: NeonRoom, branch: string): Promise<string | undefined> {
  const { endpoints } = await ask({
    doing: `list the computes of ${branch}`,
    effect: 'read',
    project: target.project,
    shape: endpointsAnswer,
    send: (api, params) => api.listProjectBranchEndpoints(target.project, branch, params),
  });
  return endpoints.find(({ type }) => type === 'read_write')?.id;
}

/** Starts a compute on the branch, or takes the one that a killed run left behind: a branch can have only one. */
async function openEndpoint(room: NeonRoom, branch: string): Promise<string> {
  const { ask, target } = room;
  const left = await findEndpoint(room, branch);
  if (left !== undefined) return left;
  const doing = `open the branch ${branch}`;
  try {
    const { endpoint, operations } = await ask({
      doing,
      effect: 'write',
      project: target.project,
      shape: endpointWorkAnswer,
      send: (api, params) =>
        api.createProjectEndpoint(
          target.project,
          { endpoint: { branch_id: branch, type: 'read_write' as never } },
          params,
        ),
    });
    await waitForOperations(room.waiting(doing, 'partly-done'), operations);
    return endpoint.id;
  } catch (error) {
    const made = isReleaseError(error) ? await findEndpoint(room, branch).catch(() => undefined) : undefined;
    if (made === undefined) throw error;
    if (isReleaseError(error) && error.text.state === 'unclear') return made;
    await closeEndpoint(room, made);
    throw error;
  }
}

async function closeEndpoint(room: NeonRoom, endpoint: string): Promise<void> {
  const { ask, target } = room;
  const doing = `close the compute ${endpoint}`;
  const { operations } = await ask({
    doing,
    effect: 'write',
    project: target.project,
    shape: deletedAnswer,
    send: (api, params) => api.deleteProjectEndpoint(target.project, endpoint, params),
  });
  await waitForOperations(room.waiting(doing, 'partly-done'), operations);
}

async function readUri(
  { ask, target, surroundings }: NeonRoom,
  branch: string,
  endpoint: string,
): Promise<string> {
  const { project, database, role } = target;
  const where = { branch_id: branch, endpoint_id: endpoint, database_name: database, role_name: role };
  const { uri } = await ask({
    doing: `give the address of ${branch}`,
    effect: 'read',
    project,
    shape: uriAnswer,
    send: (api, params) => api.getConnectionUri({ projectId: project, ...where }, params),
  });
  surroundings.secrets.learn(uri);
  const { password } = new URL(uri);
  if (password !== '') surroundings.secrets.learn(decodeURIComponent(password));
  return uri;
}

/**
 * Opens a compute on a backup, lets `read` have its address, and closes the compute whatever happened: it would cost
 * money for ever. A failed closing is told only when the reading went well, else the first error is the one to know.
 */
export async function withOpenBackup<T>(
  room: NeonRoom,
  id: string,
  read: (url: string) => Promise<T>,
): Promise<T> {
  const branch = await readBackupBranch(room, id, 'open it for reading');
  const endpoint = await openEndpoint(room, branch.id);
  try {
    const uri = await readUri(room, branch.id, endpoint);
    const answer = await readPatiently(room, () => read(uri));
    await closeEndpoint(room, endpoint);
    return answer;
  } catch (error) {
    await closeEndpoint(room, endpoint).catch(() => undefined);
    throw error;
  }
}
