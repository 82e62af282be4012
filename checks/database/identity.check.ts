import { isReleaseError } from '../../src/domain/failure.ts';
import { defineCheck, type Services } from '../../src/kit.ts';
import type { DatabaseIdentity } from '../../src/services/postgres/port.ts';

/** What another environment's database is, or why nobody could say. */
type Other = { readonly env: string } & ({ readonly is: DatabaseIdentity } | { readonly unread: string });

async function readOther(postgres: Services['postgres'], env: string): Promise<Other> {
  try {
    return { env, is: await postgres.identity(env) };
  } catch (error) {
    if (isReleaseError(error)) return { env, unread: error.text.what };
    throw error;
  }
}

// Branches of one Neon project may share the identifier of the cluster: there the host tells them apart.
const isSame = (left: DatabaseIdentity, right: DatabaseIdentity, hostsDiffer: boolean): boolean =>
  left.systemIdentifier === right.systemIdentifier && left.database === right.database && !hostsDiffer;

const isElsewhere = (left: DatabaseIdentity, right: DatabaseIdentity): boolean =>
  left.host.replace(/-pooler\./, '.') !== right.host.replace(/-pooler\./, '.');

/** Two addresses may lead to one database; only the database itself can tell (T31, E-68). */
export default defineCheck({
  id: 'database.identity',
  title: 'Database is not that of another environment',
  runbook: 'HOP-24',
  gates: ['preflight'],
  needs: ['postgres'],
  absent: ({ runbook, env }) =>
    othersOf(runbook.environments, env).length > 0 ? undefined : 'no other environment has a database',
  probe: async ({ postgres }, { env, runbook }) => {
    const others = othersOf(runbook.environments, env).map((other) => readOther(postgres, other));
    const [own, ...read] = await Promise.all([postgres.identity(env), ...others]);
    return { own, others: read, neon: runbook.services.neon !== undefined };
  },
  judge: ({ own, others, neon }) => {
    const same = others.find((one) => 'is' in one && isSame(own, one.is, neon && isElsewhere(own, one.is)));
    if (same !== undefined)
      return {
        outcome: 'fail',
        said: `${own.database} on ${own.host} is also the database of ${same.env}`,
        remedy: `One of the two secrets is wrong: give ${same.env} a database of its own.`,
      };
    const unread = others.flatMap((one) => ('unread' in one ? [`${one.env}: ${one.unread}`] : []));
    const said = `${own.database} on ${own.host}`;
    return unread.length > 0
      ? {
          outcome: 'warn',
          said: `${said}; not compared with ${unread.join('; ')}`,
          remedy: 'Make the other database readable here, so that the two can be told apart.',
        }
      : { outcome: 'pass', said: `${said}, no other environment's` };
  },
});

function othersOf(environments: Readonly<Record<string, { database?: unknown }>>, env: string): string[] {
  return Object.entries(environments)
    .filter(([name, one]) => name !== env && one.database !== undefined)
    .map(([name]) => name);
}
