import { defineCheck } from '../../src/kit.ts';

/** `SELECT 1`, never a schema tool that writes files into the repository (E-49). */
export default defineCheck({
  id: 'database.connect',
  title: 'Database answers',
  runbook: 'ENV-05',
  gates: ['preflight', 'post-deploy', 'rollback-verify'],
  needs: ['postgres'],
  probe: ({ postgres }, { env }) => postgres.ping(env),
  judge: ({ latencyMs }) => ({ outcome: 'pass', said: `answered in ${Math.round(latencyMs)} ms` }),
});
