import { minutes, seconds } from '../../domain/duration.ts';
import { plural } from '../../domain/plural.ts';
import { readSchemaHead, writeSchema } from '../../domain/write-schema.ts';
import { defineStep, findSchema, keepSchema, type Seen, type StepContext } from '../../kit.ts';
import type { AppliedMigration } from '../../services/postgres/port.ts';

type Input = { env: string };
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

/**
 * Keeps the schema that the database has before the first migration: as text that people read, with the journal of
 * migrations, and object by object under its fingerprint (MIG-08). Nothing of the database is touched.
 */
export const backUpSchema = defineStep<'archive' | 'postgres', Input, Done>({
  id: 'postgres.back-up-schema',
  def: 1,
  needs: ['archive', 'postgres'],
  effect: 'probeable',
  settleMs: seconds(1),
  timeoutMs: minutes(2),
  stop: 'safe',
  title: ({ env }) => `Keep the schema of ${env} as it is`,
  run: async ({ archive, postgres }, { env }, context) => {
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
    context.tell(`${plural(catalogue.items.length, 'object')} in ${file}`);
    return { file, fingerprint, objects: catalogue.items.length, migrations: applied.length };
  },
  inspect: async ({ archive }, { env }, context): Promise<Seen<Done>> => {
    const head = readSchemaHead((await archive.read(env, nameOf(context))) ?? '');
    const kept = head && (await findSchema(archive, env, head.fingerprint));
    if (head === undefined || kept === undefined) return { state: 'absent' };
    return { state: 'done', done: { file: archive.placeOf(env, nameOf(context)), ...head } };
  },
  undo: { kind: 'nothing' },
});
