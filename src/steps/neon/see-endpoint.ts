import { minutes } from '../../domain/duration.ts';
import { defineStep, type StepContext } from '../../kit.ts';

type Input = {
  env: string;
  /** Entry that saw it before; empty: there is nothing to compare with yet. */
  since: string;
};
type Done = {
  host: string;
  /** Host before, where it is another one by now; empty where nobody could read it then. */
  before?: string;
  /** Names of the secrets that hold the address. */
  secrets?: string[];
};

/** What is said at the end: nothing while the address is what it was (E-46). */
function compare(host: string, { env, since }: Input, { facts, runbook }: StepContext): Done {
  const before = facts[since]?.host;
  if (since === '' || before === host) return { host };
  const { url, directUrl } = runbook.environments[env]?.database ?? {};
  const secrets = [url, directUrl].filter((name) => name !== undefined);
  return { host, before: typeof before === 'string' ? before : '', secrets: [...new Set(secrets)] };
}

/**
 * Where the environment's database answers. A restore in place keeps the endpoint; where another branch took its place,
 * every stored address still leads to the old one (RBX-4A3, E-46).
 */
export const seeEndpoint = defineStep<'neon', Input, Done>({
  id: 'neon.see-endpoint',
  def: 1,
  needs: ['neon'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(1),
  stop: 'safe',
  title: ({ since }) =>
    since === ''
      ? 'Note which endpoint serves the database'
      : 'See whether the same endpoint serves the database',
  run: async ({ neon }, input, context) => {
    const done = compare((await neon.place(input.env)).host, input, context);
    if (done.before) context.tell(`moved: ${done.host} serves it, and no longer ${done.before}`);
    return done;
  },
  undo: { kind: 'nothing' },
});
