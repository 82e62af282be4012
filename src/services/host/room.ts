import type { Environment } from '../../config/schema/index.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import type { GithubPort } from '../github/port.ts';
import type { ShellPort } from '../shell/port.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WebPort } from '../web/port.ts';

/** The doors through which a host is reached. */
export interface HostServices {
  readonly web: Pick<WebPort, 'request'>;
  readonly shell: ShellPort;
  /** Needed for the strategy `github-workflow` alone. */
  readonly github?: GithubPort;
}

/** What every file of this adapter works with, for one environment. */
export interface HostRoom {
  readonly env: string;
  readonly environment: Environment;
  readonly surroundings: Surroundings;
  readonly services: HostServices;
}

/** Throws E_NOT_CONFIGURED for an environment that the configuration does not have. */
export function enterRoom(surroundings: Surroundings, services: HostServices, env: string): HostRoom {
  const { environments } = surroundings.runbook;
  const environment = Object.hasOwn(environments, env) ? environments[env] : undefined;
  if (environment === undefined) throw notConfigured(`environments.${env}`);
  return { env, environment, surroundings, services };
}
