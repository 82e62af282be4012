import { hasSpool, spoolFolderOf } from '../../ledger/file/spool-files.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from '../wiring/find-ledger-folder.ts';
import type { Unsynced } from './read-unsynced.ts';

/** Looks for entries that wait to be brought into the ledger; undefined when there are none. */
export async function findUnsynced(
  context: CliContext,
  place: Pick<Wired, 'scope' | 'env' | 'runbook' | 'environment' | 'root' | 'clock'>,
): Promise<Unsynced | undefined> {
  const folder = spoolFolderOf(findLedgerFolder(place));
  if (!hasSpool(folder, place.scope)) return undefined;
  const { readUnsynced } = await import('./read-unsynced.ts');
  return readUnsynced(context, place, folder);
}
