import { notItsAddress } from './refusals.ts';
import type { NeonRoom } from './room.ts';
import { type NeonEndpoint, uriAnswer } from './shapes.ts';

const withoutPooler = (host: string): string => host.replace(/-pooler\./, '.');

/** Whoever writes there believes it to be a copy; an address of something else is never passed on. */
function proveAddress(uri: string, { id, host }: NeonEndpoint, database: string): void {
  const { hostname, pathname } = new URL(uri);
  if (withoutPooler(hostname) !== withoutPooler(host)) throw notItsAddress(id, hostname);
  const name = decodeURIComponent(pathname.slice(1));
  if (name !== database) throw notItsAddress(id, `the database ${name}`);
}

/**
 * The direct connection string of a branch, by way of one of its computes or of its own, for the configured role or
 * another; its password is made known. Throws E_NEON_BRANCH when Neon gives an address that is not the compute's.
 */
export async function readUri(
  { ask, target, surroundings }: NeonRoom,
  branch: string,
  { compute, role = target.role }: { readonly compute?: NeonEndpoint; readonly role?: string } = {},
): Promise<string> {
  const { project, database } = target;
  const way = compute === undefined ? {} : { endpoint_id: compute.id };
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
  if (compute !== undefined) proveAddress(uri, compute, database);
  return uri;
}
