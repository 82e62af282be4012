import type { NeonRoom } from './room.ts';
import { uriAnswer } from './shapes.ts';

/**
 * The direct connection string of a branch, by way of one of its computes or of its own, for the configured role or
 * another; its password is made known.
 */
export async function readUri(
  { ask, target, surroundings }: NeonRoom,
  branch: string,
  { compute, role = target.role }: { readonly compute?: string; readonly role?: string } = {},
): Promise<string> {
  const { project, database } = target;
  const way = compute === undefined ? {} : { endpoint_id: compute };
  const where = { branch_id: branch, ...way, database_name: database, role_name: role };
  const { uri } = await ask({
    doing: `give the address of ${branch}`,
    effect: 'read',
    project,
    shape: uriAnswer,
    send: (api, params) => api.getConnectionUri({ projectId: project, ...where }, params),
  });
  surroundings.secrets.learn(uri);
  const { password } = new URL(uri);
  if (password !== '') surroundings.secrets.learn(decodeURIComponent(password));
  return uri;
}
