import { minutes, seconds } from '../../domain/duration.ts';
import { defineStep } from '../../kit.ts';

type Input = { env: string; version: string; commitOf: string; commit: string };

const wantedOf = (input: Input, facts: Readonly<Record<string, Record<string, unknown>>>) => ({
  version: input.version,
  commit: input.commit || String(facts[input.commitOf]?.commit ?? ''),
});

/** Asks the platform to publish a commit (DAY-24). Accepted is not live: `host.prove-live` follows. */
export const publish = defineStep<'host', Input, { id: string; commit: string }>({
  id: 'host.publish',
  def: 1,
  needs: ['host'],
  effect: 'probeable',
  settleMs: seconds(60),
  timeoutMs: minutes(30),
  stop: 'after',
  title: ({ env, version }) => `Publish ${version} on ${env}`,
  run: async ({ host }, input, { facts, guard, run, step, signal }) => {
    const wanted = wantedOf(input, facts);
    guard();
    const { id } = await host.publish(input.env, wanted, `${run}/${step}`, signal);
    return { id, commit: wanted.commit };
  },
  inspect: async ({ host }, input, { facts }) => {
    const wanted = wantedOf(input, facts);
    const live = await host.liveVersion(input.env);
    const isWanted = live.commit === wanted.commit && live.version === input.version.replace(/^v/, '');
    return isWanted
      ? { state: 'done', done: { id: 'seen live', commit: wanted.commit } }
      : { state: 'absent' };
  },
  undo: {
    kind: 'irreversible',
    because: 'users have already been served by it',
    instead: 'release rollback --to the previous version',
  },
});
