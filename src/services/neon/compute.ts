import { sendOrFind } from './lost-answer.ts';
import { pollUntil, waitForOperations } from './operations.ts';
import { operationFailed } from './refusals.ts';
import type { NeonRoom } from './room.ts';
import {
  deletedAnswer,
  endpointsAnswer,
  endpointWorkAnswer,
  type NeonEndpoint,
  type NeonOperation,
} from './shapes.ts';

/** A compute and what must finish before it runs. */
interface Started {
  readonly compute: NeonEndpoint;
  readonly operations: readonly NeonOperation[];
}

const openingOf = (branch: string): string => `open the branch ${branch}`;

async function findCompute({ ask, target }: NeonRoom, branch: string): Promise<NeonEndpoint | undefined> {
  const { endpoints } = await ask({
    doing: `list the computes of ${branch}`,
    effect: 'read',
    project: target.project,
    shape: endpointsAnswer,
    send: (api, params) => api.listProjectBranchEndpoints(target.project, branch, params),
  });
  return endpoints.find(({ type }) => type === 'read_write');
}

async function startCompute(room: NeonRoom, branch: string): Promise<Started> {
  const { ask, target, surroundings } = room;
  const find = () => findCompute(room, branch);
  const sent = await sendOrFind(surroundings.clock, find, () =>
    ask({
      doing: openingOf(branch),
      effect: 'write',
      project: target.project,
      shape: endpointWorkAnswer,
      send: (api, params) =>
        api.createProjectEndpoint(
          target.project,
          { endpoint: { branch_id: branch, type: 'read_write' as never } },
          params,
        ),
    }),
  );
  if ('found' in sent) return { compute: sent.found, operations: [] };
  return { compute: sent.answer.endpoint, operations: sent.answer.operations };
}

/** Nobody tells the operations of a compute whose answer was lost or that another run began; its state is told. */
async function waitUntilStarted(
  room: NeonRoom,
  branch: string,
  { compute, operations }: Started,
): Promise<void> {
  const waiting = room.waiting(openingOf(branch), 'partly-done');
  await waitForOperations(waiting, operations);
  const isOver = async (): Promise<boolean> => (await findCompute(room, branch))?.current_state !== 'init';
  if (await pollUntil(waiting, isOver)) return;
  const state = { action: `the compute ${compute.id}`, status: 'not started' };
  throw operationFailed(waiting.doing, state, 'It did not start in time.', 'partly-done');
}

/**
 * Starts a compute on the branch, or takes the one that a killed run left behind: a branch can have only one.
 * Returns it; one that does not start is closed again, as far as that is possible.
 */
export async function openCompute(room: NeonRoom, branch: string): Promise<NeonEndpoint> {
  const left = await findCompute(room, branch);
  const started = left ? { compute: left, operations: [] } : await startCompute(room, branch);
  try {
    await waitUntilStarted(room, branch, started);
    return started.compute;
  } catch (error) {
    await closeCompute(room, started.compute.id).catch(() => undefined);
    throw error;
  }
}

/** Deletes a compute; one that is gone already is fine. */
export async function closeCompute(room: NeonRoom, compute: string): Promise<void> {
  const { ask, target } = room;
  const doing = `close the compute ${compute}`;
  const { operations } = await ask({
    doing,
    effect: 'repeatable',
    project: target.project,
    shape: deletedAnswer,
    send: (api, params) => api.deleteProjectEndpoint(target.project, compute, params),
  });
  await waitForOperations(room.waiting(doing, 'partly-done'), operations);
}
