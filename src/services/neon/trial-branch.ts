import { isReleaseError } from '../../domain/failure.ts';
import { createBranch, deleteBackup, readBackupBranch } from './backup.ts';
import { findByName, readTarget } from './branches.ts';
import { openCompute } from './compute.ts';
import type { TrialBranch, TrialOrder } from './port.ts';
import { readUri } from './read-uri.ts';
import { notItsChild } from './refusals.ts';
import { restoreTrial } from './restore-trial.ts';
import type { NeonRoom } from './room.ts';

/** Expiry is new at Neon and not open to every project: where it is refused, the branch is made without. */
async function create(room: NeonRoom, { name, expiresAt }: TrialOrder): Promise<string> {
  try {
    return (await createBranch(room, { name, expiresAt })).id;
  } catch (error) {
    if (!isReleaseError(error, 'E_NEON_REFUSED') || error.text.state !== 'untouched') throw error;
    return (await createBranch(room, { name })).id;
  }
}

/** A branch with its address. */
interface Opened {
  readonly id: string;
  readonly url: string;
}

/** A branch that is made of the environment's present state and that nobody lives on. */
async function open(room: NeonRoom, order: TrialOrder): Promise<Opened> {
  const { signal, role } = order;
  const id = await create(room, order);
  signal.throwIfAborted();
  const branch = await readBackupBranch(room, id, 'try something out on it');
  const parent = await readTarget(room.ask, room.target);
  if (branch.parent_id !== parent.id) throw notItsChild(branch.name, parent.name);
  const compute = await openCompute(room, id);
  signal.throwIfAborted();
  return { id, url: await readUri(room, id, { compute, ...(role === '' ? {} : { role }) }) };
}

async function remove(room: NeonRoom, name: string): Promise<void> {
  const branch = await findByName(room.ask, room.target.project, name);
  if (branch !== undefined) await deleteBackup(room, branch.id);
}

/** A branch for as long as `use` takes; see the port. */
export async function withTrialBranch<T>(
  room: NeonRoom,
  order: TrialOrder,
  use: (url: string, trial: TrialBranch) => Promise<T>,
): Promise<T> {
  order.signal.throwIfAborted();
  const answer = await open(room, order)
    .then(({ id, url }) => use(url, { restoreTo: (lsn) => restoreTrial(room, id, lsn) }))
    .catch(async (error: unknown) => {
      await remove(room, order.name).catch(() => undefined);
      throw error;
    });
  await remove(room, order.name);
  return answer;
}
