import { findByName, isReady, listBranches, readTarget } from './branches.ts';
import type { AskNeon } from './client.ts';
import { sendOrFind } from './lost-answer.ts';
import { pollUntil, waitForOperations } from './operations.ts';
import type { RestoreTarget } from './port.ts';
import { nameTaken, operationFailed, restoreRefused, restoreTooOld } from './refusals.ts';
import type { NeonRoom } from './room.ts';
import { branchWorkAnswer, type NeonBranch, projectAnswer } from './shapes.ts';

const HOUR = 3600;

/** How far back the project's history reaches, in seconds; plans differ between hours and weeks (E-44). */
export async function readRetentionSeconds(ask: AskNeon, project: string): Promise<number> {
  const answer = await ask({
    doing: 'tell how much history it keeps',
    effect: 'read',
    project,
    shape: projectAnswer,
    send: (api, params) => api.getProject(project, params),
  });
  return answer.project.history_retention_seconds;
}

/** Branches that hang on the target; a restore moves them below the kept state (E-48). */
export async function listChildren({ ask, target }: NeonRoom): Promise<readonly NeonBranch[]> {
  const own = await readTarget(ask, target);
  const all = await listBranches(ask, target.project);
  return all.filter((branch) => branch.parent_id === own.id);
}

function refuseRestricted({ name, restricted_actions: restricted }: NeonBranch): void {
  const restriction = restricted?.find((action) => action.name === 'restore');
  if (restriction === undefined) return;
  throw restoreRefused(
    `Neon does not allow to restore ${name}: ${restriction.reason}`,
    'Remove the restriction in the Neon console.',
  );
}

/** Only a moment can be compared here; Neon itself refuses a position of the log that is too old. */
async function refuseTooOld(room: NeonRoom, branch: NeonBranch, to: RestoreTarget): Promise<void> {
  if (!('at' in to)) return;
  const retention = await readRetentionSeconds(room.ask, room.target.project);
  const wanted = Date.parse(to.at);
  if (Number.isNaN(wanted))
    throw restoreRefused(`${to.at} is no moment.`, 'Give it like 2025-10-01T14:00:00Z.');
  const now = room.surroundings.clock.now().getTime();
  if (wanted > now) throw restoreRefused(`${to.at} has not come yet.`, 'Give a moment in the past.');
  const oldest = Math.max(now - retention * 1000, Date.parse(branch.created_at));
  if (wanted >= oldest) return;
  throw restoreTooOld(to.at, new Date(oldest).toISOString(), Math.round((retention / HOUR) * 10) / 10);
}

const sendRestore = ({ ask, target }: NeonRoom, branch: NeonBranch, to: RestoreTarget, keepAs: string) =>
  ask({
    doing: `restore the branch ${branch.name}`,
    effect: 'write',
    project: target.project,
    shape: branchWorkAnswer,
    send: (api, params) => {
      const where = 'lsn' in to ? { source_lsn: to.lsn } : { source_timestamp: to.at };
      const order = { source_branch_id: branch.id, ...where, preserve_under_name: keepAs };
      return api.restoreProjectBranch(target.project, branch.id, order, params);
    },
  });

/** Both the restored branch and the kept state must be ready; ids may have changed, names have not. */
async function waitUntilRestored(room: NeonRoom, name: string, keepAs: string): Promise<void> {
  const { ask, target } = room;
  const doing = `restore the branch ${name}`;
  const isOver = async (): Promise<boolean> => {
    const pair = await Promise.all([name, keepAs].map((one) => findByName(ask, target.project, one)));
    return pair.every((branch) => branch !== undefined && isReady(branch));
  };
  if (await pollUntil(room.waiting(doing, 'unclear'), isOver)) return;
  const unready = { action: `the restore of ${name}`, status: 'not ready' };
  throw operationFailed(doing, unready, 'The branch did not become ready in time.', 'unclear');
}

/** False when no state is kept under this name; else waits until the restore that kept it is over. */
export async function awaitRestore(room: NeonRoom, keepAs: string): Promise<boolean> {
  const { ask, target } = room;
  if ((await findByName(ask, target.project, keepAs)) === undefined) return false;
  await waitUntilRestored(room, (await readTarget(ask, target)).name, keepAs);
  return true;
}

/**
 * Puts the branch back to its own past; its present state stays under `keepAs`. Every refusal comes before the first
 * change: E_RESTORE_REFUSED, E_RESTORE_TOO_OLD, E_RESTORE_NAME_TAKEN (E-45, E-48).
 */
export async function restoreBranch(room: NeonRoom, to: RestoreTarget, keepAs: string): Promise<void> {
  const { ask, target } = room;
  if (keepAs.trim() === '')
    throw restoreRefused('The present state needs a name to be kept under.', 'Give one.');
  const branch = await readTarget(ask, target);
  refuseRestricted(branch);
  await refuseTooOld(room, branch, to);
  const findKept = () => findByName(ask, target.project, keepAs);
  if (await findKept()) throw nameTaken(keepAs);
  const send = () => sendRestore(room, branch, to, keepAs);
  const sent = await sendOrFind(room.surroundings.clock, findKept, send);
  const doing = `restore the branch ${branch.name}`;
  if ('answer' in sent) await waitForOperations(room.waiting(doing, 'unclear'), sent.answer.operations);
  await waitUntilRestored(room, branch.name, keepAs);
}
