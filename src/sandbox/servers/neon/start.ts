import { join } from 'node:path';
import { type StandIn, startStandIn } from '../router.ts';
import { notFound, refuse } from './answers.ts';
import type { BranchCluster, OpenCluster } from './ground.ts';
import { openCopiedCluster } from './open-cluster.ts';
import { type OperationFate, Operations } from './operations.ts';
import { readLsn } from './past.ts';
import { type Branch, makeId, type Project, type RestoreRecord } from './project.ts';
import { neonRoutes, withRequestId } from './routes.ts';

export type { BranchCluster, OpenCluster } from './ground.ts';
export type { OperationFate } from './operations.ts';

export interface NeonOptions {
  readonly project: string;
  readonly apiKey: string;
  /** The first is the default branch. `parent` names an earlier one. */
  readonly branches: readonly {
    readonly name: string;
    readonly cluster: BranchCluster;
    readonly parent?: string;
    /** What Neon does not allow on it, like `restore`. */
    readonly restricted?: readonly { readonly name: string; readonly reason: string }[];
  }[];
  /** Where the data of new branches go; the database server's user must be able to enter it. */
  readonly folder: string;
  readonly port?: number;
  /** How much faster than Neon operations are; 1 is about Neon's own pace. Default 1. */
  readonly speed?: number;
  /** Default: one day, as on paid plans. */
  readonly retentionSeconds?: number;
  /** Milliseconds that decide how far an operation is. Default: this machine's. */
  readonly elapsed?: () => number;
  readonly openCluster?: OpenCluster;
}

/** A branch as tests and the sandbox ask for it. */
export interface SeenBranch {
  readonly id: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly state: string;
  readonly hasCompute: boolean;
  readonly expiresAt: string | undefined;
}

export interface NeonStandIn extends StandIn {
  /** What `services.neon.apiUrl` must be. */
  readonly apiUrl: string;
  branches(): readonly SeenBranch[];
  restores(): readonly RestoreRecord[];
  /** The next operation that begins does not simply finish. */
  nextOperation(fate: OperationFate): void;
}

async function makeProject(options: NeonOptions): Promise<Project> {
  const elapsed = options.elapsed ?? (() => Date.now());
  const project: Project = {
    id: options.project,
    folder: options.folder,
    retentionSeconds: options.retentionSeconds ?? 86_400,
    branches: [],
    endpoints: [],
    operations: new Operations(options.project, elapsed, options.speed ?? 1),
    restores: [],
    openCluster: options.openCluster ?? openCopiedCluster,
  };
  for (const given of options.branches) {
    const parent = project.branches.find(({ name }) => name === given.parent);
    const branch: Branch = {
      id: makeId('br'),
      name: given.name,
      ...(parent === undefined ? {} : { parent: parent.id }),
      createdAt: new Date(),
      updatedAt: new Date(),
      state: 'ready',
      isProtected: false,
      isDefault: project.branches.length === 0,
      restricted: [...(given.restricted ?? [])],
      folder: join(options.folder, given.name),
      own: given.cluster,
      sinceLsn: await readLsn(given.cluster),
    };
    project.branches.push(branch);
    project.endpoints.push({ id: makeId('ep'), branch: branch.id, createdAt: new Date(), state: 'active' });
  }
  return project;
}

/** Stops the computes that calls have opened; the given clusters belong to whoever started them. */
async function closeProject(project: Project): Promise<void> {
  await project.operations.quiet();
  await Promise.all(project.endpoints.map(({ cluster }) => cluster?.stop()));
}

/** Starts the stand-in of Neon with one project. */
export async function startNeon(options: NeonOptions): Promise<NeonStandIn> {
  const project = await makeProject(options);
  const server = await startStandIn(neonRoutes(project), {
    ...(options.port === undefined ? {} : { port: options.port }),
    before: (call) =>
      call.headers.authorization === `Bearer ${options.apiKey}`
        ? undefined
        : withRequestId(refuse(401, 'authentication required'), call),
    missing: (call) => withRequestId(notFound('route'), call),
  });
  return {
    ...server,
    apiUrl: `${server.url}/api/v2`,
    branches: () =>
      project.branches.map((branch) => ({
        id: branch.id,
        name: branch.name,
        parent: project.branches.find(({ id }) => id === branch.parent)?.name,
        state: branch.state,
        hasCompute: project.endpoints.some((endpoint) => endpoint.branch === branch.id),
        expiresAt: branch.expiresAt?.toISOString(),
      })),
    restores: () => project.restores,
    nextOperation: (fate) => project.operations.foretell(fate),
    close: async () => {
      await server.close();
      await closeProject(project);
    },
  };
}
