import { defineCheck } from '../../src/kit.ts';

/** A backup of another branch than the one that is migrated would be found out when it is needed (E-45). */
export default defineCheck({
  id: 'database.backed-up',
  title: 'Database is the branch that backups are made of',
  runbook: 'HOP-15',
  gates: ['preflight'],
  needs: ['neon', 'postgres'],
  probe: async ({ neon, postgres }, { env }) => {
    const [place, own] = await Promise.all([neon.place(env), postgres.identity(env)]);
    return { place, own: { ...own, host: own.host.replace(/-pooler\./, '.') } };
  },
  judge: ({ place, own }, { environment }) => {
    const branch = environment.neon?.branch ?? 'the branch';
    const isSame = place.host === own.host && place.port === own.port && place.database === own.database;
    if (isSame) return { outcome: 'pass', said: `${own.database} is on ${branch}` };
    return {
      outcome: 'fail',
      said: `the database is ${own.database} on ${own.host}, but ${branch} has ${place.database} on ${place.host}`,
      remedy: `Set neon.branch and neon.database of the environment, or its database address: both must name one database.`,
    };
  },
});
