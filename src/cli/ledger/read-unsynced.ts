import { isReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { findBrought } from '../../ledger/sync-spool.ts';
import { sayWhen } from '../../report/say-when.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { openSpool } from '../wiring/open-spool.ts';

/** What `rollback --break-glass` has left on this machine and nobody brought into the ledger yet. */
export interface Unsynced {
  /** Entries that wait; undefined when the record of this machine cannot be read. */
  readonly entries: number | undefined;
  readonly folder: string;
  /** The same for people, with the line that ends it. */
  readonly said: string;
}

type Place = Pick<Wired, 'scope' | 'env' | 'runbook' | 'environment' | 'root' | 'clock'>;

function sayEntries(events: readonly LedgerEvent[], zone: string): string {
  const runs = foldRuns(events).map(
    ({ plan, run, end }) => `${plan.command} ${plan.version}, ${run}, ${end}`,
  );
  const whose = runs.length === 0 ? '' : ` (${runs.join('; ')})`;
  const [first] = events;
  const since = first === undefined ? '' : `, since ${sayWhen(first.at, zone)}`;
  return `${plural(events.length, 'entry', 'entries')} of what was done without the ledger${whose} ${events.length === 1 ? 'stands' : 'stand'} on this machine alone${since}.`;
}

/** A record that cannot be read keeps nobody from looking or going on; it is told as what it is. */
async function readWaiting(context: CliContext, place: Place): Promise<readonly LedgerEvent[] | string> {
  try {
    const { spool } = await openSpool(context, place);
    return findBrought(await spool.read(place.scope));
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return error.text.what;
  }
}

/** What a spool in `folder` holds that is not in the ledger; undefined when all of it is. */
export async function readUnsynced(
  context: CliContext,
  place: Place,
  folder: string,
): Promise<Unsynced | undefined> {
  const { env, runbook } = place;
  const waiting = await readWaiting(context, place);
  const way = `Bring them in: release ledger sync --env ${env}`;
  if (typeof waiting === 'string')
    return {
      entries: undefined,
      folder,
      said: `What was done without the ledger is in ${folder} and cannot be read: ${waiting} ${way}`,
    };
  if (waiting.length === 0) return undefined;
  return { entries: waiting.length, folder, said: `${sayEntries(waiting, runbook.timezone)} ${way}` };
}
