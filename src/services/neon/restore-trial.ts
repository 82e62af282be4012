import { readBackupBranch } from './backup.ts';
import { isReady, readBranch, readTarget } from './branches.ts';
import { pollUntil, waitForOperations } from './operations.ts';
import { operationFailed } from './refusals.ts';
import type { NeonRoom } from './room.ts';
import { branchWorkAnswer } from './shapes.ts';

/**
 * Puts a branch that nobody lives on to where its parent was at a position of the log; see the port. A branch in use is
 * refused (E_NEON_BRANCH), read right before the order is sent.
 */
export async function restoreTrial(room: NeonRoom, id: string, lsn: string): Promise<void> {
  const { ask, target } = room;
  const source = await readTarget(ask, target);
  const branch = await readBackupBranch(room, id, 'restore it in a rehearsal');
  const doing = `restore the branch ${branch.name}`;
  const { operations } = await ask({
    doing,
    // Twice is as good as once: the same branch, the same source, the same position.
    effect: 'repeatable',
    project: target.project,
    shape: branchWorkAnswer,
    send: (api, params) =>
      api.restoreProjectBranch(target.project, id, { source_branch_id: source.id, source_lsn: lsn }, params),
  });
  const waiting = room.waiting(doing, 'partly-done');
  await waitForOperations(waiting, operations);
  const isOver = async (): Promise<boolean> => isReady(await readBranch(ask, target.project, id));
  if (await pollUntil(waiting, isOver)) return;
  const unready = { action: `the restore of ${branch.name}`, status: 'not ready' };
  throw operationFailed(doing, unready, 'The branch did not become ready in time.', 'partly-done');
}
