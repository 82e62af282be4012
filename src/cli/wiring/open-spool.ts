import { spoolFolderOf } from '../../ledger/file/spool-files.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { CliContext } from '../context.ts';
import { hostFor } from '../host.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from './find-ledger-folder.ts';
import { readMachine } from './read-machine.ts';

/** The record of this machine alone, for a rollback that cannot reach the ledger. */
export async function openSpool(
  { tool, redact, env, host, readActor }: CliContext,
  { environment, root, clock, runbook }: Pick<Wired, 'environment' | 'root' | 'clock' | 'runbook'>,
): Promise<{ readonly folder: string; readonly spool: Ledger }> {
  const { makeFileLedger } = await import('../../ledger/file/file.ts');
  const folder = spoolFolderOf(findLedgerFolder({ environment, root }));
  const who = {
    clock,
    machine: readMachine(hostFor(runbook.sandbox, env, host)),
    actor: await readActor(),
    tool,
    redact,
  };
  return { folder, spool: makeFileLedger({ ...who, folder }) };
}
