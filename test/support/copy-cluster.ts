import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Cluster, type ClusterOptions, startCluster } from '../../src/sandbox/postgres/cluster.ts';
import { copyOwned, makeOnce } from './make-once.ts';

const makeEmpty = (): Promise<string> =>
  makeOnce('cluster', async (folder) => {
    const cluster = await startCluster({ folder: join(folder, 'cluster') });
    await cluster.stop();
  });

/** The two that a cluster is: whatever else lies beside them belongs to the run of a server. */
export async function copyClusterFiles(from: string, to: string): Promise<void> {
  mkdirSync(to, { mode: 0o711 });
  for (const part of ['data', 'password']) await copyOwned(join(from, part), join(to, part));
}

/**
 * Starts a new and empty PostgreSQL in this folder. Its data are a copy of those that were made once for all tests: to make them
 * takes longer than most tests that ask them something. Clusters of one run have one password and one system identifier.
 */
export async function startCopiedCluster(options: Omit<ClusterOptions, 'existing'>): Promise<Cluster> {
  await copyClusterFiles(join(await makeEmpty(), 'cluster'), options.folder);
  return startCluster({ ...options, existing: true });
}
