import type { HeavyChange } from '../confirm.ts';

/** The line of a deploy that asks no question, as a script says it. */
export const inFull = (version: string | undefined, env: string, onlyBegins: boolean): HeavyChange => ({
  env,
  inFull: `release ${onlyBegins ? 'step begin' : 'deploy'} ${version ?? 'v1.2.3'} --env ${env} --yes`,
});
