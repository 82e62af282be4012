import type { Runbook } from '../../config/schema/index.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Side } from '../../domain/parity/likeness.ts';
import type { Services } from '../../services/services.ts';
import { findCommit } from './find-commit.ts';
import { type ReadCode, readCode } from './read-code.ts';

/** One environment, with the text of its migrations. */
export interface ReadSide extends Side {
  readonly code: ReadCode;
}

/** What an environment is read by. */
export interface SideOrder {
  readonly env: string;
  readonly runbook: Runbook;
  readonly signal: AbortSignal;
  /** Brings git's cache up to date, once for all who ask. */
  synced(): Promise<void>;
}

const notTold = (address: string, commit: string): ReleaseError =>
  new ReleaseError('E_INVENTORY', {
    what: `${address} does not tell dependencies, and ${commit.slice(0, 7)} has no lockfile of npm.`,
    why: 'What is not told cannot be compared, and is not taken for equal.',
    next: 'Let the application answer what schema/app-health.schema.json says (docs/parity.md).',
    state: 'untouched',
  });

async function readApp(
  { app, git }: Pick<Services, 'app' | 'git'>,
  { env, runbook, signal, synced }: SideOrder,
) {
  const [inventory] = await Promise.all([app.inventory(env, signal), synced()]);
  const code = await readCode(git, await findCommit(git, inventory), runbook);
  return { inventory, code };
}

/**
 * Everything that is compared of one environment, asked for at once: the application and its code, the journal and the
 * shape of its database. Only reads.
 */
export async function readSide(
  services: Pick<Services, 'app' | 'git' | 'postgres'>,
  order: SideOrder,
): Promise<ReadSide> {
  const { env, runbook } = order;
  const { postgres } = services;
  // The database first: opening a session takes the longest.
  const [catalogue, applied, { inventory, code }] = await Promise.all([
    postgres.catalogue(env),
    postgres.appliedMigrations(env, runbook.migrations?.journal ?? 'drizzle'),
    readApp(services, order),
  ]);
  const packages = inventory.dependencies ?? code.installed;
  if (packages === undefined) throw notTold(inventory.address, code.commit);
  const { address, version, node, envKeys, exposed, settings } = inventory;
  return {
    env,
    address,
    node,
    envKeys,
    exposed,
    settings,
    packages,
    arePackagesTold: inventory.dependencies !== undefined,
    applied: runbook.migrations === undefined ? [] : applied,
    catalogue,
    code,
    ...(version === undefined ? {} : { version }),
  };
}
