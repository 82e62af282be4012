import { listBranches, readTarget } from './branches.ts';
import type { NeonCapacity } from './port.ts';
import type { NeonRoom } from './room.ts';
import { capacityAnswer } from './shapes.ts';

/** How much room the project has left for a release: branches, size of the branch, maintenance that Neon announced. */
export async function readCapacity({ ask, target }: NeonRoom): Promise<NeonCapacity> {
  const reading = ask({
    doing: 'tell how much room it has',
    effect: 'read',
    project: target.project,
    shape: capacityAnswer,
    send: (api, params) => api.getProject(target.project, params),
  });
  const branches = listBranches(ask, target.project);
  const [{ project }, all, own] = await Promise.all([reading, branches, readTarget(ask, target)]);
  const limits = {
    branchLimit: project.owner?.branches_limit,
    sizeBytes: own.logical_size,
    sizeLimitBytes: project.branch_logical_size_limit_bytes,
    maintenanceAt: project.maintenance_scheduled_for,
  };
  const told = Object.entries(limits).filter(([, value]) => value !== undefined && value !== null);
  return { branches: all.length, ...Object.fromEntries(told) };
}
