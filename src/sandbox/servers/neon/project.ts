import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { BranchCluster, OpenCluster } from './ground.ts';
import type { Operations } from './operations.ts';

export interface Branch {
  readonly id: string;
  name: string;
  parent?: string;
  readonly createdAt: Date;
  updatedAt: Date;
  lastResetAt?: Date;
  state: 'init' | 'ready' | 'resetting';
  isProtected: boolean;
  readonly isDefault: boolean;
  readonly restricted: { readonly name: string; readonly reason: string }[];
  /** Where the data of a branch lie; those that were given at the start have a cluster of their own instead. */
  readonly folder: string;
  /** A cluster that was given at the start and lives as long as the world. */
  readonly own?: BranchCluster;
  /** When it deletes itself. */
  readonly expiresAt?: Date;
  /** No position of the log before this one can be restored. */
  sinceLsn?: string;
}

export interface Endpoint {
  readonly id: string;
  readonly branch: string;
  readonly createdAt: Date;
  state: 'init' | 'active' | 'idle';
  cluster?: BranchCluster;
}

/** One restore, as tests ask for it. */
export interface RestoreRecord {
  readonly branch: string;
  readonly target: string;
  readonly keptAs: string;
  readonly at: string;
}

/** The world of one project: branches, their computes, what is under way, and where new data go. */
export interface Project {
  readonly id: string;
  readonly folder: string;
  readonly retentionSeconds: number;
  readonly branches: Branch[];
  readonly endpoints: Endpoint[];
  readonly operations: Operations;
  readonly restores: RestoreRecord[];
  readonly openCluster: OpenCluster;
}

const WORDS = ['quiet', 'bright', 'cold', 'young', 'sky', 'river', 'leaf', 'stone'];
const pick = (): string => WORDS[randomInt(WORDS.length)] ?? 'calm';

/** Ids look like Neon's: `br-quiet-river-12345678`. */
export const makeId = (kind: 'br' | 'ep'): string =>
  `${kind}-${pick()}-${pick()}-${randomInt(10_000_000, 99_999_999)}`;

/** A folder for new data; it is not there yet. */
export const nameFolder = (project: Project): string =>
  join(project.folder, `branch-${randomUUID().slice(0, 8)}`);

export const findBranch = (project: Project, id: string): Branch | undefined =>
  project.branches.find((branch) => branch.id === id);

export const endpointOf = (project: Project, branch: string): Endpoint | undefined =>
  project.endpoints.find((endpoint) => endpoint.branch === branch);

/** The server that runs on a branch now; undefined for a branch without compute. */
export const clusterOf = (project: Project, branch: Branch): BranchCluster | undefined =>
  branch.own ?? endpointOf(project, branch.id)?.cluster;

/** Lets `use` have the server of a branch; for one without compute it runs just that long. */
export async function withCluster<T>(
  project: Project,
  branch: Branch,
  use: (cluster: BranchCluster) => Promise<T>,
): Promise<T> {
  const running = clusterOf(project, branch);
  if (running !== undefined) return use(running);
  const short = await project.openCluster(branch.folder);
  try {
    return await use(short);
  } finally {
    await short.stop();
  }
}

export const childrenOf = (project: Project, branch: Branch): readonly Branch[] =>
  project.branches.filter((other) => other.parent === branch.id);
