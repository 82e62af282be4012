import type { Loaded } from './load.ts';
import type { Place } from './problem.ts';

/** Which environment a command means, and who said so. */
export interface ChosenEnv {
  readonly name: string;
  readonly origin: 'flag' | 'environment' | 'default' | Place;
}

/** Flag, then RELEASE_ENV, then the configuration's defaultEnv (ux 2.2). Empty counts as not said. */
export function chooseEnv(
  { runbook, origin }: Pick<Loaded, 'runbook' | 'origin'>,
  said: { readonly flag?: string | undefined; readonly env: Readonly<Record<string, string | undefined>> },
): ChosenEnv {
  if (said.flag) return { name: said.flag, origin: 'flag' };
  if (said.env.RELEASE_ENV) return { name: said.env.RELEASE_ENV, origin: 'environment' };
  return { name: runbook.defaultEnv, origin: origin(['defaultEnv']) };
}
