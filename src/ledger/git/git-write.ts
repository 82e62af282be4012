import type { Clock } from '../../domain/clock.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { lineOf } from '../chain.ts';
import type { LedgerEvent } from '../event.ts';
import type { GitChain } from './git-chain.ts';
import { refuseUnwritten } from './git-refusals.ts';
import { type GitRemote, type PushEnd, type RemoteCommit, refOf } from './git-remote.ts';

/** How long a push is tried again, in ms: by then a run must say that it cannot go on (reliability F45). */
const PATIENCE_MS = 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;

export interface WriteTools {
  readonly scope: string;
  readonly remote: GitRemote;
  readonly chain: GitChain;
  readonly clock: Clock;
  /** Brings the chain up to date with the remote. Throws E_LEDGER_UNREACHABLE when it cannot be asked. */
  readonly follow: () => Promise<void>;
}

/** Makes the commit that follows the chain as it is known. Throws E_LEDGER_WRITE when nobody would ever read it. */
export async function makeCommit(
  { remote, chain }: Pick<WriteTools, 'remote' | 'chain'>,
  events: readonly LedgerEvent[],
): Promise<RemoteCommit> {
  const message = `${events.map(lineOf).join('\n')}\n`;
  const bytes = Buffer.byteLength(message);
  if (bytes > remote.mostBytes)
    throw refuseUnwritten(remote, `an entry of ${bytes} bytes is more than anybody reads`, false);
  const before = chain.head;
  const id = await remote.write(before, message, events[0]?.at ?? '');
  return { id, parents: before === undefined ? [] : [before], message };
}

/** Notes that this commit is what the remote has now. */
export async function keepCommit(
  { scope, remote, chain }: Pick<WriteTools, 'scope' | 'remote' | 'chain'>,
  commit: RemoteCommit,
): Promise<void> {
  const before = chain.head;
  chain.take([commit], commit.id);
  await remote.keepSeen(refOf(remote, scope), commit.id, before);
}

async function push(tools: WriteTools, events: readonly LedgerEvent[]): Promise<PushEnd> {
  const { scope, remote, chain } = tools;
  const commit = await makeCommit(tools, events);
  const end = await remote.push(refOf(remote, scope), chain.head, commit.id);
  if (end.end === 'taken') await keepCommit(tools, commit);
  return end;
}

/** Waits of a growing length, until the patience is at its end. */
function makePatience(clock: Clock) {
  const until = clock.monotonic() + PATIENCE_MS;
  let next = FIRST_WAIT_MS;
  return {
    isOver: (): boolean => clock.monotonic() + next > until,
    wait: async (): Promise<void> => {
      await clock.sleep(next);
      next = Math.min(next * 2, LONGEST_WAIT_MS);
    },
  };
}

type Patience = ReturnType<typeof makePatience>;

/** Looks at the remote, as often as it takes to be told something. */
async function look({ follow, remote }: WriteTools, end: PushEnd, patience: Patience): Promise<void> {
  for (;;) {
    try {
      return await follow();
    } catch (error) {
      if (!isReleaseError(error, 'E_LEDGER_UNREACHABLE')) throw error;
      if (patience.isOver()) throw refuseUnwritten(remote, whyOf(end), true);
    }
    await patience.wait();
  }
}

const whyOf = (end: PushEnd): string =>
  'why' in end ? end.why : 'somebody else was faster, time after time';

/**
 * Appends the events that `make` wants, in one commit. `make` decides on the chain as it is known, and is asked again
 * whenever that may have changed: it throws when it must not write any more, and wants nothing when all of it is there.
 *
 * A push that somebody else was faster than, or of which nobody knows what became, is never sent again before the
 * remote was looked at (F47–F49). What is sent then expects the head that was seen; an earlier push that is still on
 * its way expects an older one, so that at most one of them lands.
 */
export async function writeEvents(tools: WriteTools, make: () => readonly LedgerEvent[]): Promise<void> {
  const patience = makePatience(tools.clock);
  for (;;) {
    const events = make();
    if (events.length === 0) return;
    const end = await push(tools, events);
    if (end.end === 'taken') return;
    await look(tools, end, patience);
    if (make().length === 0) return;
    if (end.end === 'refused' || patience.isOver())
      throw refuseUnwritten(tools.remote, whyOf(end), end.end === 'unclear');
    if (end.end === 'unclear') await patience.wait();
  }
}
