import { defineCheck } from '../../src/kit.ts';

/**
 * A backup of another branch than the one that is migrated would be found out when it is needed (E-45). Every position of
 * the log is a restore point while the branch keeps its history, so the one that is passed now is recorded (PRE-27).
 */
export default defineCheck({
  id: 'database.backed-up',
  title: 'Database is the branch that backups are made of',
  runbook: ['PRE-27', 'HOP-15'],
  gates: ['preflight'],
  needs: ['neon', 'postgres'],
  probe: async ({ neon, postgres }, { env }) => {
    const [place, own, point] = await Promise.all([
      neon.place(env),
      postgres.identity(env),
      postgres.restorePoint(env),
    ]);
    return { place, own: { ...own, host: own.host.replace(/-pooler\./, '.') }, point };
  },
  judge: ({ place, own, point }, { environment }) => {
    const branch = environment.neon?.branch ?? 'the branch';
    const isSame = place.host === own.host && place.port === own.port && place.database === own.database;
    if (isSame)
      return {
        outcome: 'pass',
        said: `${own.database} is on ${branch}; restore point ${point.lsn} of ${point.at}`,
        evidence: { restorePoint: { branch, ...point } },
        about: { branch },
      };
    return {
      outcome: 'fail',
      said: `the database is ${own.database} on ${own.host}, but ${branch} has ${place.database} on ${place.host}`,
      remedy: `Set neon.branch and neon.database of the environment, or its database address: both must name one database.`,
    };
  },
});
