import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { proveScope } from '../ledger-scope.ts';
import { tellDiskTrouble } from './disk-trouble.ts';

/** Where a machine records what is done while nobody can reach the ledger: beside it, and no ledger of anything. */
export const spoolFolderOf = (ledgerFolder: string): string => join(ledgerFolder, 'break-glass');

const journalOf = (folder: string, scope: string): string => join(folder, proveScope(scope), 'journal.jsonl');

/** True when something was recorded there and not brought into the ledger yet. */
export const hasSpool = (folder: string, scope: string): boolean => existsSync(journalOf(folder, scope));

/** Keeps a spool whose entries are in the ledger under another name, so that the next one begins empty. Gives the name. */
export function setSpoolAside(folder: string, scope: string, mark: string): Promise<string> {
  const kept = `${join(folder, proveScope(scope))}.synced-${mark}`;
  return tellDiskTrouble('written', folder, () => {
    renameSync(join(folder, scope), kept);
    return kept;
  });
}
