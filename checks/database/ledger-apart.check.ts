import { findSharedFate } from '../../src/domain/find-shared-fate.ts';
import { defineCheck } from '../../src/kit.ts';

/** A ledger that is restored with the database forgets the run that restored it, and who holds the lock (F52). */
export default defineCheck({
  id: 'database.ledger-apart',
  title: 'Ledger is not kept in the database that is released',
  runbook: 'DAY-10',
  gates: ['preflight'],
  needs: ['postgres'],
  absent: ({ runbook, env }) =>
    runbook.environments[env]?.ledger.store === 'postgres' ? undefined : 'the ledger is not in PostgreSQL',
  probe: ({ postgres }, { env }) => postgres.ledgerSpots(env),
  judge: ({ own, ledger }) => {
    const why = findSharedFate(own, ledger);
    return why === undefined
      ? { outcome: 'pass', said: `the ledger is apart, on ${ledger.host}` }
      : {
          outcome: 'fail',
          said: `the ledger ${why}: a restore would take it back, too`,
          remedy: 'Give the ledger a server of its own; at Neon, another project.',
        };
  },
});
