import { readTarget } from './branches.ts';
import type { DatabasePlace } from './port.ts';
import { readUri } from './read-uri.ts';
import type { NeonRoom } from './room.ts';

const POSTGRES_PORT = 5432;

/** Where the environment's own branch answers, without the pooler in front of it and without a secret. */
export async function readPlace(room: NeonRoom): Promise<DatabasePlace> {
  const branch = await readTarget(room.ask, room.target);
  const { hostname, port, pathname } = new URL(await readUri(room, branch.id));
  return {
    host: hostname.replace(/-pooler\./, '.'),
    port: Number(port) || POSTGRES_PORT,
    database: decodeURIComponent(pathname.slice(1)),
  };
}
