import type { Surroundings } from '../surroundings.ts';
import { readAddress } from './address.ts';
import { makeAsk } from './ask.ts';
import { makeConnections } from './connections.ts';
import { raiseSequences, readBehindKept } from './gap/raise-sequences.ts';
import { readGap } from './gap/read-gap.ts';
import { journalOf, listApplied } from './journals.ts';
import { migrate } from './migrate.ts';
import { readMigration } from './migration-room.ts';
import type { PostgresPort } from './port.ts';
import { readBackup } from './read-backup.ts';
import { readBlocked } from './read-blocked.ts';
import { readCatalogue, readCatalogueAt, readCatalogueInFull } from './read-catalogue.ts';
import { readIdentity } from './read-identity.ts';
import { readLatency } from './read-latency.ts';
import { readLedgerSpots } from './read-ledger-spots.ts';
import { readNumber } from './read-number.ts';
import { readOpenTransactions } from './read-open-transactions.ts';
import { readPoolUsage } from './read-pool-usage.ts';
import { readReferences } from './read-references.ts';
import { readSessions } from './read-sessions.ts';

import { readRestorePoint, readWritten } from './restore-point.ts';
import { withCopy } from './with-copy.ts';

/**
 * PostgreSQL by its own protocol. Sessions are opened on first use, three per database at most, and `close` ends
 * them. Questions carry the name `release/questions`, never the run's own: that one belongs to its migrations alone,
 * so that a question never takes itself for a killed run's orphan (F66).
 */
export function makePostgres(surroundings: Surroundings): PostgresPort & { close(): Promise<void> } {
  const { clock, runbook } = surroundings;
  const connections = makeConnections('release/questions');
  const ask = makeAsk(connections, clock);
  const at = (env: string) => readAddress(surroundings, env, 'questions');
  const direct = (env: string) => readAddress(surroundings, env, 'migrations');
  const reserved = (env: string): number => runbook.environments[env]?.database?.reserved ?? 0;
  return {
    ping: async (env) => readLatency(ask, at(env)),
    identity: async (env) => readIdentity(ask, at(env)),
    ledgerSpots: async (env) => readLedgerSpots(ask, surroundings, env),
    poolUsage: async (env) => readPoolUsage(ask, at(env), reserved(env)),
    blockedQueries: async (env) => readBlocked(ask, at(env)),
    openTransactions: async (env) => readOpenTransactions(ask, at(env)),
    appliedMigrations: async (env, journal) => {
      const doing = 'say which migrations it has';
      return ask(at(env), { doing, onlyLooks: true, read: (rows) => listApplied(rows, journalOf(journal)) });
    },
    applyMigration: async (env, file, order) =>
      migrate(
        connections,
        surroundings,
        await readMigration(surroundings, direct(env), file, order, 'apply'),
      ),
    revertMigration: async (env, file, order) =>
      migrate(
        connections,
        surroundings,
        await readMigration(surroundings, direct(env), file, order, 'revert'),
      ),
    sessionsOf: async (env, prefix) => readSessions(ask, at(env), prefix),
    restorePoint: async (env) => readRestorePoint(ask, at(env)),
    writtenSince: async (env, point) => readWritten(ask, at(env), point),
    readGap: async (env, keptUrl, point) =>
      readGap({ connections, clock, ask, live: direct(env), keptUrl, point }),
    sequencesBehind: async (env, keptUrl) =>
      readBehindKept({ connections, clock, ask, live: direct(env), keptUrl }),
    raiseSequences: async (env, behind) => raiseSequences({ connections }, direct(env), behind),
    readNumber: async (env, sql, left) => readNumber(ask, at(env), sql, left),
    references: async (env) => readReferences(ask, at(env)),
    catalogue: async (env) => readCatalogue(ask, at(env)),
    catalogueInFull: async (env) => readCatalogueInFull(ask, at(env)),
    catalogueAt: async (url) => readCatalogueAt(connections, clock, url),
    migrationRole: (env) => decodeURIComponent(new URL(direct(env).href).username),
    withCopy: async (env, url, signal, use) =>
      withCopy(surroundings, { url, signal, ask, live: [at(env), direct(env)] }, use),
    readBackup: (url) => readBackup(connections, clock, url),
    close: () => connections.close(),
  };
}
