import { notConfigured } from '../../domain/not-configured.ts';
import type { ServiceName } from '../../services/services.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';

const NAMES: Partial<Record<ServiceName, string>> = {
  neon: 'Neon',
  postgres: 'The database',
  stripe: 'Stripe',
};

/** Throws E_SECRET_MISSING or E_NOT_CONFIGURED for what the command cannot do without. */
export function refuseWithout(
  needs: readonly ServiceName[],
  { missing, checks, configured, env }: Pick<Wired, 'missing' | 'checks' | 'configured' | 'env'>,
): void {
  const needed = missing.filter(({ services }) => services.some((name) => needs.includes(name)));
  if (needed.length > 0) throw missingSecrets(needed, checks);
  const absent = needs.find((name) => !configured.has(name));
  if (absent === undefined) return;
  throw notConfigured(`${NAMES[absent] ?? absent} of ${env}`);
}
