import type { Catalogue } from '../../domain/catalogue.ts';
import { minutes, seconds } from '../../domain/duration.ts';
import { plural } from '../../domain/plural.ts';
import { writeSchema } from '../../domain/write-schema.ts';
import { defineStep, keepSchema, ReleaseError, type Services, type StepContext } from '../../kit.ts';
import type { AppliedMigration } from '../../services/postgres/port.ts';
import { readMove } from './read-move.ts';

type Input = {
  env: string;
  /** Fingerprint of the schema that the rehearsal began with; empty when none is on record. */
  rehearsed: string;
};
type Done = {
  /** Where the text lies, below the folder of the configuration. */
  file: string;
  fingerprint: string;
  objects: number;
  migrations: number;
};

/** In the folder of the release; one for each run, because each begins with another schema. */
const nameOf = ({ plan, run }: StepContext): string => `releases/${plan.version}/schema-before-${run}.txt`;

const say = ({ name, hash, when }: AppliedMigration): string => {
  const at = when === undefined ? [] : [new Date(when).toISOString()];
  return [...(name === undefined ? [] : [name]), ...(hash === undefined ? [] : [hash]), ...at].join(' ');
};

const moved = (env: string, found: string, { plan }: StepContext): ReleaseError =>
  new ReleaseError('E_SCHEMA_MOVED', {
    what: `The schema of ${env} is not the one that the rehearsal began with: ${found}.`,
    why: 'Somebody changed it since. Nothing was migrated, because what was tried out was tried on another schema.',
    next: `Take it back by hand, then: release deploy --resume --env ${env}. To keep it: release deploy --abandon --env ${env} --reason "…", release preflight ${plan.version} --env ${env}, and deploy again.`,
    state: 'partly-done',
  });

async function refuseMoved(
  { archive }: Pick<Services, 'archive'>,
  { env, rehearsed }: Input,
  now: Catalogue,
  context: StepContext,
): Promise<void> {
  const move = await readMove(archive, env, rehearsed, now);
  if (move === undefined) return;
  if (!move.isTurnover) throw moved(env, move.said, context);
  context.tell(`partitions came or went since the rehearsal: ${move.said}`);
}

/**
 * Keeps the schema that the database has before the first migration: as text that people read, with the journal of
 * migrations, and object by object under its fingerprint (MIG-08). Nothing of the database is touched. Throws
 * E_SCHEMA_MOVED when it is not the schema that the migrations were rehearsed on.
 */
export const backUpSchema = defineStep<'archive' | 'postgres', Input, Done>({
  id: 'postgres.back-up-schema',
  def: 2,
  needs: ['archive', 'postgres'],
  // A file of this machine, named by the run: written again, it is the same one.
  effect: 'read',
  settleMs: seconds(1),
  timeoutMs: minutes(2),
  stop: 'safe',
  notes: true,
  title: ({ env }) => `Keep the schema of ${env} as it is`,
  run: async (services, input, context) => {
    const { archive, postgres } = services;
    const { env } = input;
    const { catalogue, texts } = await postgres.catalogueInFull(env);
    const journal = context.runbook.migrations?.journal ?? 'drizzle';
    const applied = (await postgres.appliedMigrations(env, journal)).map(say);
    context.guard();
    const fingerprint = await keepSchema(archive, env, catalogue);
    const { plan, run, clock } = context;
    const at = clock.now().toISOString();
    const head = { env, version: plan.version, run, at, fingerprint, applied };
    await archive.write(env, nameOf(context), writeSchema(catalogue, texts, head));
    const file = archive.placeOf(env, nameOf(context));
    await refuseMoved(services, input, catalogue, context);
    context.tell(`${plural(catalogue.items.length, 'object')} in ${file}`);
    return { file, fingerprint, objects: catalogue.items.length, migrations: applied.length };
  },
  undo: { kind: 'nothing' },
});
