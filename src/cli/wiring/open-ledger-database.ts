import { seconds } from '../../domain/duration.ts';
import type { LedgerDatabase } from '../../ledger/postgres/database.ts';
import type { LedgerPlace } from './open-ledger.ts';

// A server that freezes must be noticed while there is still time to try again (F45).
const SILENCE_MS = seconds(10);

/** The database of the postgres store. Throws E_SECRET_MISSING, E_DB_ADDRESS; nothing is connected yet. */
export async function openLedgerDatabase({
  runbook,
  secrets,
  env,
  atEnd,
}: Pick<LedgerPlace, 'runbook' | 'secrets' | 'env' | 'atEnd'>): Promise<LedgerDatabase> {
  const [{ makeConnections }, { makeLedgerDatabase }, { readLedgerAddress }] = await Promise.all([
    import('../../services/postgres/connections.ts'),
    import('../../services/postgres/ledger-database.ts'),
    import('../../services/postgres/address.ts'),
  ]);
  const connections = makeConnections('release/ledger', SILENCE_MS);
  atEnd(() => connections.close());
  return makeLedgerDatabase(connections, readLedgerAddress({ runbook, secrets }, env));
}
