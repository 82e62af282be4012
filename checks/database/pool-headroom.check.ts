import { defineCheck } from '../../src/kit.ts';

export default defineCheck({
  id: 'database.pool-headroom',
  title: 'Connection pool below its ceiling',
  runbook: 'ENV-06',
  gates: ['preflight', 'post-deploy'],
  needs: ['postgres'],
  probe: ({ postgres }, { env }) => postgres.poolUsage(env),
  judge: ({ used, limit, limitedView }, { thresholds }) => {
    const percent = (used / limit) * 100;
    const view = limitedView ? ' (limited view: this role sees other sessions only in part)' : '';
    const said = `${used} of ${limit} connections in use, ${Math.round(percent)} % (limit ${thresholds.pool.maxPercent} %)${view}`;
    if (!(limit > 0))
      return {
        outcome: 'fail',
        said: `the server allows ${limit} connections`,
        remedy: 'Look at max_connections.',
      };
    return percent < thresholds.pool.maxPercent
      ? { outcome: 'pass', said }
      : { outcome: 'fail', said, remedy: 'Close idle sessions, or raise the pool size in Neon.' };
  },
});
