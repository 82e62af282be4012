import { findByName, isReady, listBranches, type NeonTarget, readBranch, readTarget } from './branches.ts';
import { sendOrFind } from './lost-answer.ts';
import { pollUntil, waitForOperations } from './operations.ts';
import type { BackupBranch } from './port.ts';
import { notABackup, operationFailed } from './refusals.ts';
import type { NeonRoom } from './room.ts';
import { branchWorkAnswer, deletedAnswer, type NeonBranch } from './shapes.ts';

export const toBackup = (branch: NeonBranch): BackupBranch => ({
  id: branch.id,
  name: branch.name,
  createdAt: branch.created_at,
  ready: isReady(branch),
});

/** Waits until the branch says it is ready; "operations finished" alone is not it. */
async function waitUntilReady(room: NeonRoom, id: string, doing: string): Promise<NeonBranch> {
  const waiting = room.waiting(doing, 'partly-done');
  let branch = await readBranch(room.ask, room.target.project, id);
  const isOver = async (): Promise<boolean> => {
    branch = await readBranch(room.ask, room.target.project, id);
    return isReady(branch);
  };
  if (isReady(branch) || (await pollUntil(waiting, isOver))) return branch;
  const state = { action: `branch ${branch.name}`, status: branch.current_state };
  throw operationFailed(doing, state, 'The branch did not become ready in time.', 'partly-done');
}

/** What a new branch is to be. */
interface NewBranch {
  readonly name: string;
  readonly expiresAt?: string;
}

const doingOf = (name: string): string => `create the branch ${name}`;

async function sendCreate({ ask, target }: NeonRoom, { name, expiresAt }: NewBranch) {
  const parent = await readTarget(ask, target);
  const branch = {
    name,
    parent_id: parent.id,
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  };
  return ask({
    doing: doingOf(name),
    effect: 'write',
    project: target.project,
    shape: branchWorkAnswer,
    send: (api, params) => api.createProjectBranch(target.project, { branch }, params),
  });
}

/** Makes a branch of the environment's, or finds the one of this name that is there already; without a compute. */
export async function createBranch(room: NeonRoom, wanted: NewBranch): Promise<NeonBranch> {
  const { ask, target } = room;
  const doing = doingOf(wanted.name);
  const find = () => findByName(ask, target.project, wanted.name);
  const existing = await find();
  if (existing !== undefined) return waitUntilReady(room, existing.id, doing);
  const sent = await sendOrFind(room.surroundings.clock, find, () => sendCreate(room, wanted));
  if ('answer' in sent) await waitForOperations(room.waiting(doing, 'partly-done'), sent.answer.operations);
  const { id } = 'answer' in sent ? sent.answer.branch : sent.found;
  return waitUntilReady(room, id, doing);
}

const isInUse = (branch: NeonBranch, target: NeonTarget): boolean =>
  branch.default || branch.protected || branch.id === target.branch || branch.name === target.branch;

/** Reads a branch and refuses it when it is one that users live on. Throws E_NEON_BRANCH. */
export async function readBackupBranch(room: NeonRoom, id: string, doing: string): Promise<NeonBranch> {
  const branch = await readBranch(room.ask, room.target.project, id);
  if (isInUse(branch, room.target)) throw notABackup(branch.name, doing);
  return branch;
}

/** Deletes a backup; one that is gone already is fine. */
export async function deleteBackup(room: NeonRoom, id: string): Promise<void> {
  const { ask, target } = room;
  const { project } = target;
  const known = await findById(room, id);
  if (known === undefined) return;
  const doing = `delete the branch ${known.name}`;
  if (isInUse(known, target)) throw notABackup(known.name, doing);
  const { operations } = await ask({
    doing,
    effect: 'repeatable',
    project,
    shape: deletedAnswer,
    send: (api, params) => api.deleteProjectBranch({ projectId: project, branchId: id }, params),
  });
  await waitForOperations(room.waiting(doing, 'partly-done'), operations);
}

const findById = async ({ ask, target }: NeonRoom, id: string): Promise<NeonBranch | undefined> =>
  (await listBranches(ask, target.project, id)).find((branch) => branch.id === id);
