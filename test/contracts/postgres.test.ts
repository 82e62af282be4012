import { openCluster, openDatabase } from '../services/postgres/open-database.ts';
import { describePostgresPort } from './postgres-suite.ts';

describePostgresPort('the real PostgreSQL adapter against a real server', async () => {
  const cluster = await openCluster();
  const { postgres, query, url } = await openDatabase(cluster);
  return {
    postgres,
    url,
    hasTable: async (name) =>
      (await query('select to_regclass($1) is not null as yes', [name]))[0]?.yes === true,
    write: async (table) => {
      await query(`insert into ${table} values (1)`);
    },
    close: async () => {
      await postgres.close();
      await cluster.stop();
    },
  };
});
