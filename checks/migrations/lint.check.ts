import { defineCheck } from '../../src/kit.ts';
import { judgeReports } from './lint/judge-reports.ts';
import { lintSet } from './lint/lint-set.ts';
import { readSet } from './lint/read-set.ts';

/** Reads pending files as the server would: a pattern would take comments for statements and miss what locks (E-54). */
export default defineCheck({
  id: 'migrations.lint',
  title: 'Pending migrations destroy nothing and fit the live code',
  runbook: ['MIG-02'],
  gates: ['preflight'],
  needs: ['git', 'postgres', 'sql'],
  takesFiles: true,
  absent: ({ runbook, release, files }) => {
    if (files !== undefined) return undefined;
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: readSet,
  judge: (set, { runbook }) => judgeReports(lintSet(set, runbook.migrations?.lintNotes === true)),
});
