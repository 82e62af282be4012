import type { Runbook } from '../config/schema/index.ts';
import { isReleaseError } from '../domain/failure.ts';
import type { DatabaseIdentity } from '../services/postgres/port.ts';
import type { Services } from '../services/services.ts';

/** What another environment's database is, or why nobody could say. */
type Neighbour = { readonly env: string } & ({ readonly is: DatabaseIdentity } | { readonly unread: string });

interface Neighbours {
  readonly own: DatabaseIdentity;
  readonly others: readonly Neighbour[];
  /** Branches of one Neon project may share the identifier of the cluster: there the host tells them apart. */
  readonly neon: boolean;
}

/** Other environments that have a database. */
export const listNeighbours = (
  { environments }: { readonly environments: Readonly<Record<string, { readonly database?: unknown }>> },
  env: string,
): readonly string[] =>
  Object.entries(environments)
    .filter(([name, one]) => name !== env && one.database !== undefined)
    .map(([name]) => name);

async function readOther(postgres: Services['postgres'], env: string): Promise<Neighbour> {
  try {
    return { env, is: await postgres.identity(env) };
  } catch (error) {
    if (isReleaseError(error)) return { env, unread: error.text.what };
    throw error;
  }
}

/** What the database of this environment is, and those of the others. Throws when its own does not say. */
export async function readNeighbours(
  postgres: Services['postgres'],
  runbook: Runbook,
  env: string,
): Promise<Neighbours> {
  const others = listNeighbours(runbook, env).map((other) => readOther(postgres, other));
  const [own, ...read] = await Promise.all([postgres.identity(env), ...others]);
  return { own, others: read, neon: runbook.services.neon !== undefined };
}

const isElsewhere = (left: DatabaseIdentity, right: DatabaseIdentity): boolean =>
  left.host.replace(/-pooler\./, '.') !== right.host.replace(/-pooler\./, '.');

const isSame = (left: DatabaseIdentity, right: DatabaseIdentity, neon: boolean): boolean =>
  left.systemIdentifier === right.systemIdentifier &&
  left.database === right.database &&
  !(neon && isElsewhere(left, right));

/** The other environment whose database is this one, by what the databases say themselves; undefined: none that could be asked. */
export const findSameDatabase = ({ own, others, neon }: Neighbours): Neighbour | undefined =>
  others.find((one) => 'is' in one && isSame(own, one.is, neon));
