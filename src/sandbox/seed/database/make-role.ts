import type { Cluster } from '../../postgres/cluster.ts';

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** A plain identifier, or a TypeError: names of roles and databases cannot be bound as values. */
function checkName(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`not a plain name: ${JSON.stringify(name).slice(0, 80)}`);
  return name;
}

/** The password all roles of a cluster share; hexadecimal behind a plain word, so that it can be quoted. */
const passwordOf = (cluster: Cluster): string => new URL(cluster.url('postgres')).password;

/**
 * The role that owns the application's data and asks the questions of a release: an ordinary one that may log in and
 * see other sessions (pg_monitor), and nothing else. One that is there already stays as it is.
 */
export async function makeRole(cluster: Cluster, role: string): Promise<void> {
  const name = checkName(role);
  const found = await cluster.query('postgres', 'select 1 from pg_roles where rolname = $1', [name]);
  if (found.length > 0) return;
  await cluster.query('postgres', `create role ${name} login password '${passwordOf(cluster)}'`);
  await cluster.query('postgres', `grant pg_monitor to ${name}`);
}

/** An empty database of that role. */
export async function makeDatabase(cluster: Cluster, database: string, role: string): Promise<void> {
  const name = checkName(database);
  await cluster.query('postgres', `create database ${name} owner ${checkName(role)}`);
  // Who the cluster is (system identifier) and where its log ends: both belong to every restore point.
  await cluster.query(
    name,
    `grant execute on function pg_control_system(), pg_current_wal_flush_lsn(), pg_current_wal_insert_lsn(),
     pg_current_wal_lsn() to ${checkName(role)}`,
  );
}

/** A database with everything that another one holds; nobody may be connected to that one meanwhile. */
export async function cloneDatabase(cluster: Cluster, from: string, to: string, role: string): Promise<void> {
  const names = `database ${checkName(to)} template ${checkName(from)} owner ${checkName(role)}`;
  await cluster.query('postgres', `create ${names}`);
}
