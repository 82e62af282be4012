import type { Environment, Runbook } from '../../config/schema/index.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Secrets } from '../../domain/secrets.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { GitOptions } from '../../services/git/open-git.ts';
import type { CliContext } from '../context.ts';
import { hostFor } from '../host.ts';
import { findLedgerFolder } from './find-ledger-folder.ts';
import { openLedgerDatabase } from './open-ledger-database.ts';
import { readMachine } from './read-machine.ts';

export interface LedgerPlace {
  readonly runbook: Runbook;
  readonly environment: Environment;
  /** Folder of the configuration file. */
  readonly root: string;
  readonly clock: Clock;
  readonly env: string;
  /** The remote of the code, which holds a ledger in git as well. */
  readonly git: GitOptions;
  readonly secrets: Secrets;
  /** What is to be done when the program ends. */
  readonly atEnd: (close: () => Promise<void>) => void;
}

/** The ledger that the environment names; only its own store is loaded. */
export async function openLedger(context: CliContext, place: LedgerPlace): Promise<Ledger> {
  const { runbook, environment, clock, git } = place;
  const { tool, redact } = context;
  const host = hostFor(runbook.sandbox, context.env, context.host);
  const who = { clock, machine: readMachine(host), actor: await context.readActor(), tool, redact };
  if (environment.ledger.store === 'file') {
    const { makeFileLedger } = await import('../../ledger/file/file.ts');
    return makeFileLedger({ ...who, folder: findLedgerFolder(place) });
  }
  if (environment.ledger.store === 'postgres') {
    const { makePostgresLedger } = await import('../../ledger/postgres/postgres.ts');
    const database = await openLedgerDatabase(place);
    return makePostgresLedger({ ...who, database, schema: environment.ledger.schema });
  }
  const [{ makeGitLedger }, { makeRefChain }] = await Promise.all([
    import('../../ledger/git/git.ts'),
    import('../../services/git/ref-chain.ts'),
  ]);
  return makeGitLedger({ ...who, remote: makeRefChain(git, { prefix: environment.ledger.refs }) });
}
