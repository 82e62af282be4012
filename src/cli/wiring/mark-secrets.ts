import { createHmac } from 'node:crypto';
import { listSecrets } from '../../config/missing-secrets.ts';
import type { Path } from '../../config/place.ts';
import type { Runbook } from '../../config/schema/index.ts';
import type { Secrets } from '../../domain/secrets.ts';

/** The repository stands in the configuration, and GitHub makes a new token for every job: it says nothing about where. */
const isPlaceless = ([top, service]: Path): boolean => top === 'services' && service === 'github';

/** Another password for the same user of the same database asks the same database. */
function withoutPassword(value: string): string {
  if (!URL.canParse(value)) return value;
  const address = new URL(value);
  address.password = '';
  return address.href;
}

/**
 * One mark, in hex, for all addresses and keys that the checks of this configuration are asked with: another database or
 * another account has another. All values go into it at once and under a key of the ledger's own, so that none of them
 * can be found by trying. What nobody has set counts as such.
 */
export function markSecrets(runbook: Runbook, secrets: Pick<Secrets, 'has' | 'read'>, key: string): string {
  const told = listSecrets(runbook)
    .filter(({ paths }) => !paths.every(isPlaceless))
    .map(({ name }) => [name, secrets.has(name) ? withoutPassword(secrets.read(name)) : null]);
  return createHmac('sha256', key).update(JSON.stringify(told)).digest('hex');
}
