import type { Loaded } from './load.ts';
import type { Place } from './problem.ts';
import type { RunbookSecrets } from './secrets.ts';

/** Which environment a command means, and who said so. */
export interface ChosenEnv {
  readonly name: string;
  readonly origin: 'flag' | 'environment' | 'default' | Place;
}

/** The flag, then RELEASE_ENV, then the configuration's defaultEnv (ux 2.2). Empty counts as not said. */
export function chooseEnv(
  { runbook, origin }: Pick<Loaded, 'runbook' | 'origin'>,
  settings: Pick<RunbookSecrets, 'setting'>,
  typed?: string,
): ChosenEnv {
  if (typed) return { name: typed, origin: 'flag' };
  const said = settings.setting('RELEASE_ENV');
  if (said !== undefined) return { name: said, origin: 'environment' };
  return { name: runbook.defaultEnv, origin: origin(['defaultEnv']) };
}
