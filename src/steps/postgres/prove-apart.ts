import { seconds } from '../../domain/duration.ts';
import { defineStep, findSameDatabase, ReleaseError, readNeighbours } from '../../kit.ts';

type Input = { env: string };
type Done = { database: string; apartFrom: string[]; notCompared: string[] };

const isOne = (env: string, other: string, database: string): ReleaseError =>
  new ReleaseError('E_ENV_MIXED_UP', {
    what: `The database of ${env} (${database}) is that of ${other}.`,
    why: 'What is tried here would be done there. Nothing was migrated.',
    next: `Give ${env} a database of its own, and correct its secret; then plan again.`,
    state: 'partly-done',
  });

/**
 * Asks the databases themselves, right before this one is migrated, whether it is another environment's (T31, E-68): an
 * answer of the gate may be older than the address that is used now. Throws E_ENV_MIXED_UP. One that cannot be asked is
 * told; whether that may be, the gate has decided.
 */
export const proveApart = defineStep<'postgres', Input, Done>({
  id: 'postgres.prove-apart',
  def: 1,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(30),
  stop: 'safe',
  title: ({ env }) => `See that the database is ${env}'s alone`,
  run: async ({ postgres }, { env }, { runbook, tell }) => {
    const seen = await readNeighbours(postgres, runbook, env);
    const same = findSameDatabase(seen);
    const { own, others } = seen;
    const database = `${own.database} on ${own.host}`;
    if (same !== undefined) throw isOne(env, same.env, database);
    const notCompared = others.flatMap((one) => ('unread' in one ? [one.env] : []));
    if (notCompared.length > 0) tell(`not compared with the database of ${notCompared.join(', ')}`);
    return { database, apartFrom: others.flatMap((one) => ('is' in one ? [one.env] : [])), notCompared };
  },
  undo: { kind: 'nothing' },
});
