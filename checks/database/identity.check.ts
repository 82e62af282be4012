import { defineCheck, findSameDatabase, listNeighbours, readNeighbours } from '../../src/kit.ts';

/** Two addresses may lead to one database; only the database itself can tell (T31, E-68). */
export default defineCheck({
  id: 'database.identity',
  title: 'Database is not that of another environment',
  runbook: 'HOP-24',
  gates: ['preflight'],
  needs: ['postgres'],
  absent: ({ runbook, env }) =>
    listNeighbours(runbook, env).length > 0 ? undefined : 'no other environment has a database',
  probe: ({ postgres }, { env, runbook }) => readNeighbours(postgres, runbook, env),
  judge: (seen, { environment, runbook }) => {
    const { own, others } = seen;
    const same = findSameDatabase(seen);
    if (same !== undefined)
      return {
        outcome: 'fail',
        said: `${own.database} on ${own.host} is also the database of ${same.env}`,
        remedy: `One of the two secrets is wrong: give ${same.env} a database of its own.`,
      };
    const unread = others.flatMap((one) =>
      'unread' in one ? [{ env: one.env, said: `${one.env}: ${one.unread}` }] : [],
    );
    const said = `${own.database} on ${own.host}`;
    if (unread.length === 0) return { outcome: 'pass', said: `${said}, no other environment's` };
    const open = { said: `${said}; not compared with ${unread.map((one) => one.said).join('; ')}` };
    const remedy = 'Make the other database readable here, so that the two can be told apart.';
    // What is migrated here must not be production's: whoever cannot tell says so, and people decide.
    const mayBeSacred =
      !environment.protected && unread.some((one) => runbook.environments[one.env]?.protected === true);
    return mayBeSacred
      ? { outcome: 'fail', holds: true, ...open, remedy }
      : { outcome: 'warn', ...open, remedy };
  },
});
