import type { LedgerEvent } from '../../../src/ledger/event.ts';
import type { World } from '../../../src/sandbox/world/start-world.ts';
import { SANDBOX_NAMES } from '../../../src/sandbox/world/write-config.ts';
import { askOrigin, readRefs } from './read-origin.ts';

const LEDGER = 'refs/release/rur2/production';

/** Rows of a question to the application's own database, by a superuser. */
export const askDatabase = (world: World, sql: string): ReturnType<World['cluster']['query']> =>
  world.cluster.query(SANDBOX_NAMES.database, sql);

/** How many rows a table has. */
export async function countRows(world: World, table: string): Promise<number> {
  const [row] = await askDatabase(world, `select count(*)::int as n from ${table}`);
  return Number(row?.n);
}

/** Migrations by the journal, oldest first. */
export async function readMigrations(world: World): Promise<readonly string[]> {
  const rows = await askDatabase(world, 'select hash from drizzle.__drizzle_migrations order by created_at');
  return rows.map(({ hash }) => String(hash));
}

/** What the application's health answer says; its status too. */
export async function readHealth(world: World): Promise<Record<string, unknown>> {
  const answer = await fetch(`${world.platform.url}/health`);
  return { httpStatus: answer.status, ...((await answer.json()) as object) };
}

/** Events of the scenario's ledger, oldest first, as the origin has them. */
export function readLedger({ world }: { readonly world: Pick<World, 'origin'> }): readonly LedgerEvent[] {
  if (askOrigin(world, 'for-each-ref', LEDGER) === '') return [];
  const lines = askOrigin(world, 'log', '--reverse', '--format=%B', LEDGER).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerEvent);
}

/** Everything outside that a release could have changed, as one value to compare. */
export async function takePicture(world: World): Promise<object> {
  const tables = ['assessments', 'questions', 'evidence_files', 'exports', 'webhook_events', 'payments'];
  const rows: [string, number][] = [];
  for (const table of tables) rows.push([table, await countRows(world, table)]);
  return {
    refs: readRefs(world),
    rows: Object.fromEntries(rows),
    migrations: await readMigrations(world),
    messages: world.slack.messages().length,
    branches: world.neon.branches().map(({ name }) => name),
    restores: world.neon.restores().length,
    publishes: world.platform.publishes().length,
    sessions: world.stripe.sessions().length,
    maintenance: (await readHealth(world)).maintenance,
  };
}

/** A call for the branch that migrations are tried on; the picture shows that it is gone afterwards. */
export const isRehearsal = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  /^(POST|DELETE) \/api\/v2\/projects\/[^/]+\/(branches|endpoints)(\/[^/]+)?$/.test(`${method} ${path}`);
