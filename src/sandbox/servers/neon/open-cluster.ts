import { startCluster } from '../../postgres/cluster.ts';
import type { OpenCluster } from './ground.ts';

/** A server of the sandbox on data that a branch or a restore left behind. */
export const openCopiedCluster: OpenCluster = (folder) => startCluster({ folder, existing: true });
