import type { ServiceName } from '../../services/services.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';

/** Messages and measurements never hold a rollback up. */
const NEVER_NEEDED: readonly ServiceName[] = ['slack', 'mail', 'metrics', 'pagerduty', 'statuspage'];

/** Throws E_SECRET_MISSING (exit 4) for what a rollback cannot do without; `spared` are services it leaves alone. */
export function refuseMissing(
  { missing, checks }: Pick<Wired, 'missing' | 'checks'>,
  spared: readonly ServiceName[],
): void {
  const free = [...NEVER_NEEDED, ...spared];
  const needed = missing.filter(
    ({ services }) => services.length === 0 || services.some((name) => !free.includes(name)),
  );
  if (needed.length > 0) throw missingSecrets(needed, checks);
}
