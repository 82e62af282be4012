import { isReleaseError } from '../../domain/failure.ts';
import type { LedgerEvent } from '../event.ts';
import type { FenceMove } from '../ledger.ts';
import { refOf } from './git-remote.ts';
import { keepCommit, makeCommit, type WriteTools } from './git-write.ts';

/** A sign-off that comes in between moves the record as well; nobody writes that many in the time of a push. */
const MOST_TRIES = 5;

/** False when the remote could not be asked, or said what cannot be trusted: then nothing is known of the push. */
async function isFollowed({ follow }: WriteTools): Promise<boolean> {
  try {
    await follow();
    return true;
  } catch {
    return false;
  }
}

/**
 * Appends the events that `make` wants by a push of the caller's: `push` gets the move of the record and sends it in one
 * atomic push with its own. Whoever took over has moved the record, so that the remote refuses all of it (F29); what
 * `make` throws then (E_FENCED) is what is thrown here. Other refusals of `push` are thrown on as they are.
 */
export async function writeFenced(
  tools: WriteTools,
  make: () => readonly LedgerEvent[],
  push: (move: FenceMove) => Promise<void>,
): Promise<void> {
  const { chain, scope, remote } = tools;
  for (let tries = 1; ; tries += 1) {
    const events = make();
    if (events.length === 0) return;
    const commit = await makeCommit(tools, events);
    const before = chain.head;
    try {
      await push({ ref: refOf(remote, scope), from: before ?? null, to: commit.id });
      return await keepCommit(tools, commit);
    } catch (error) {
      if (!(await isFollowed(tools))) throw error;
      // Its record is there, so that all that went with it is there, too: only the answer was lost.
      if (make().length === 0) return;
      const isOutrun = isReleaseError(error, 'E_PUSH_REFUSED') && chain.head !== before;
      if (!isOutrun || tries === MOST_TRIES) throw error;
    }
  }
}
