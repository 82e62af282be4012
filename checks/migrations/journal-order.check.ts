import { findOutOfOrder, readJournal } from '../../src/domain/journal.ts';
import { defineCheck } from '../../src/kit.ts';

/** A file merged with an older time than the newest applied one is skipped by Drizzle without a word. */
export default defineCheck({
  id: 'migrations.journal-order',
  title: 'Journal lists the migrations in order',
  runbook: ['MIG-01', 'ENV-07'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ runbook, release }) => {
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: async ({ git }, { runbook, release }) => {
    const path = runbook.migrations?.journalFile ?? '';
    const text = await git.readFile(release?.commit ?? '', path);
    return text === undefined ? undefined : readJournal(text, path);
  },
  judge: (entries) => {
    if (entries === undefined) return { outcome: 'pass', said: 'the release has no migrations' };
    const late = findOutOfOrder(entries);
    return late.length === 0
      ? { outcome: 'pass', said: `${entries.length} in order` }
      : {
          outcome: 'fail',
          said: `${late.map((entry) => entry.tag).join(', ')} would be skipped: older than one before it`,
          remedy: 'Generate the migration again, so that it is the newest.',
        };
  },
});
