import { compareCatalogues } from '../../domain/catalogue.ts';
import { minutes } from '../../domain/duration.ts';
import { isTurnover } from '../../domain/is-turnover.ts';
import { sayStrays } from '../../domain/say-strays.ts';
import {
  defineStep,
  findSchema,
  keepSchema,
  ReleaseError,
  type Services,
  type StepContext,
} from '../../kit.ts';

type Input = {
  env: string;
  /** Fingerprints of the schema before and after the rehearsal; empty when none is on record. */
  before: string;
  after: string;
  /** Why there is nothing to compare with; empty when there is. */
  unproven: string;
};
type Done = { fingerprint: string; compared: boolean; said: string };

const differs = (env: string, found: string, { plan }: StepContext): ReleaseError => {
  const back = plan.from === '' ? 'release rollback' : `release rollback --to ${plan.from}`;
  const again = `release deploy ${plan.version} --env ${env}`;
  return new ReleaseError('E_SCHEMA_DIFFERS', {
    what: `The migrated schema of ${env} is not the one that was rehearsed: ${found}.`,
    why: 'Nothing was merged or published. What differs was tried out by nobody.',
    next: `Take it back by hand, then: release deploy --resume --env ${env}. Or go back: ${back} --env ${env}. To keep it: release deploy --abandon --env ${env} --reason "…", then ${again}, whose gate judges the schema as it is.`,
    state: 'partly-done',
  });
};

/** What is to be said of a schema that is not the rehearsed one to the letter. Throws E_SCHEMA_DIFFERS. */
async function weighDifference(
  archive: Services['archive'],
  { env, before, after }: Input,
  now: Parameters<typeof compareCatalogues>[0],
  context: StepContext,
): Promise<string> {
  const [rehearsed, start] = [await findSchema(archive, env, after), await findSchema(archive, env, before)];
  if (rehearsed === undefined)
    throw differs(
      env,
      'what differs cannot be named, because the rehearsed schema is not kept on this machine',
      context,
    );
  const strays = compareCatalogues(now, rehearsed);
  const made = start && compareCatalogues(rehearsed, start);
  const said = sayStrays(strays, made, env);
  if (made === undefined || !isTurnover(strays, made)) throw differs(env, said, context);
  return `schema is the rehearsed one but for partitions that came or went: ${said}`;
}

/**
 * After the migrations and before anything is published: the schema must be the one that the rehearsal came to, object by
 * object (MIG-07, E-43). Without a rehearsal it says that nothing was compared. Throws E_SCHEMA_DIFFERS.
 */
export const proveSchema = defineStep<'archive' | 'postgres', Input, Done>({
  id: 'postgres.prove-schema',
  def: 1,
  needs: ['archive', 'postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(2),
  stop: 'safe',
  title: ({ after }) =>
    after === '' ? 'Note the schema that the migrations made' : 'See that the schema is the rehearsed one',
  run: async ({ archive, postgres }, input, context) => {
    const now = await postgres.catalogue(input.env);
    const fingerprint = await keepSchema(archive, input.env, now);
    if (input.after === '') {
      const said = `schema not compared with a rehearsal: ${input.unproven}`;
      context.tell(said);
      return { fingerprint, compared: false, said };
    }
    const said =
      fingerprint === input.after
        ? 'schema is the rehearsed one, object by object'
        : await weighDifference(archive, input, now, context);
    context.tell(said);
    return { fingerprint, compared: true, said };
  },
  undo: { kind: 'nothing' },
});
