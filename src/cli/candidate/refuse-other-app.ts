import { ReleaseError } from '../../domain/failure.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { Wired } from '../wired.ts';

/**
 * Throws E_ENV_MIXED_UP (2) when the application says that it is another environment's, by the name of that environment or
 * the identity that the configuration gives it: two addresses may lead to one application.
 */
export function refuseOtherApp(
  live: Pick<LiveVersion, 'environment'> | undefined,
  { runbook, env, environment }: Pick<Wired, 'runbook' | 'env' | 'environment'>,
): void {
  const said = live?.environment;
  if (said === undefined || said === environment.identity) return;
  const other = Object.entries(runbook.environments).find(
    ([name, one]) => name !== env && (one.identity ?? name) === said,
  );
  if (other === undefined) return;
  throw new ReleaseError('E_ENV_MIXED_UP', {
    what: `${environment.url} answers as ${said}, which is ${other[0]}; the configuration calls it ${env}.`,
    why: 'Something meant for one environment would reach another.',
    next: `Correct environments.${env}.url; identity says what /health must answer in environment.`,
    state: 'untouched',
  });
}
