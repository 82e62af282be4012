import { defineCheck } from '../../src/kit.ts';
import { judgeWaysBack } from './lint/judge-ways-back.ts';
import { readSet } from './lint/read-set.ts';

/** One script per pending file, not one for all of them; or a reason why there cannot be one (E-55). */
export default defineCheck({
  id: 'migrations.rollback-scripts',
  title: 'Every pending migration has a way back',
  runbook: ['MIG-03', 'MIG-10'],
  gates: ['preflight'],
  needs: ['git', 'postgres', 'sql'],
  takesFiles: true,
  absent: ({ runbook, release, files }) => {
    if (files !== undefined) return undefined;
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: readSet,
  judge: ({ pending }) => judgeWaysBack(pending.filter((file) => !file.isRollback)),
});
