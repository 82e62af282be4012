import { readBackupBranch } from './backup.ts';
import { closeCompute, openCompute } from './compute.ts';
import { readUri } from './read-uri.ts';
import type { NeonRoom } from './room.ts';

const READ_TRIES = 3;
const WARM_UP_MS = 2000;

/** A compute may refuse its first connection while it wakes up; reading twice changes nothing. */
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
  const compute = await openCompute(room, branch.id);
  const answer = await readUri(room, branch.id, { compute })
    .then((uri) => readPatiently(room, () => read(uri)))
    .catch(async (error: unknown) => {
      await closeCompute(room, compute.id).catch(() => undefined);
      throw error;
    });
  await closeCompute(room, compute.id);
  return answer;
}
