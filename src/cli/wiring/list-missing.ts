import type { Loaded } from '../../config/load.ts';
import { missingSecrets } from '../../config/missing-secrets.ts';
import type { Path } from '../../config/place.ts';
import type { Environment, Runbook } from '../../config/schema/index.ts';
import type { Secrets } from '../../domain/secrets.ts';
import type { ServiceName } from '../../services/services.ts';
import type { MissingSecret } from '../wired.ts';

/** Everything else that an environment has belongs to steps alone. */
const OF_ENVIRONMENT: { readonly [Key in keyof Environment]?: ServiceName } = {
  database: 'postgres',
  health: 'app',
  statusPage: 'statuspage',
  stripe: 'stripe',
};
const OF_VENDOR: Readonly<Record<keyof Runbook['services'], ServiceName>> = {
  neon: 'neon',
  stripe: 'stripe',
  github: 'github',
  slack: 'slack',
  mail: 'mail',
  pagerduty: 'pagerduty',
};

/** Which service a part of the configuration belongs to; undefined for parts that steps alone use. */
function serviceOf([top, first, second]: Path): ServiceName | undefined {
  if (top === 'metrics') return 'metrics';
  if (top === 'services') return OF_VENDOR[first as keyof typeof OF_VENDOR];
  return top === 'environments' ? OF_ENVIRONMENT[second as keyof Environment] : undefined;
}

/** Secrets that this environment needs and nobody has set, with the services that wait for them. */
export const listMissing = (
  loaded: Pick<Loaded, 'runbook' | 'origin'>,
  secrets: Pick<Secrets, 'has'>,
  env: string,
): readonly MissingSecret[] =>
  missingSecrets(loaded, secrets, env).map(({ name, paths }) => ({
    name,
    services: [...new Set(paths.flatMap((path) => serviceOf(path) ?? []))],
  }));
