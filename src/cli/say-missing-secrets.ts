import { ReleaseError } from '../domain/failure.ts';
import type { Check } from '../kit.ts';
import { makePaint } from '../report/color.ts';
import { sayError } from '../report/errors.ts';
import { EXIT } from './exit.ts';
import type { MissingSecret } from './wired.ts';

const MOST_CHECKS = 6;

const usedBy = (missing: readonly MissingSecret[], checks: readonly Check[]): string => {
  const services = new Set(missing.flatMap((secret) => secret.services));
  const ids = checks.filter((check) => check.needs.some((need) => services.has(need))).map((c) => c.id);
  const more = ids.length > MOST_CHECKS ? ` and ${ids.length - MOST_CHECKS} more` : '';
  return ids.length > 0 ? `used by ${ids.slice(0, MOST_CHECKS).join(', ')}${more}` : '';
};

/** Every missing secret in one error, never one per run (ux 2.2). */
export function missingSecrets(missing: readonly MissingSecret[], checks: readonly Check[]): ReleaseError {
  const names = missing.map((secret) => secret.name).join(', ');
  const count = missing.length === 1 ? '1 secret is' : `${missing.length} secrets are`;
  const why = usedBy(missing, checks);
  return new ReleaseError('E_SECRET_MISSING', {
    what: `${count} missing: ${names}`,
    ...(why === '' ? {} : { why }),
    next: 'Put them in .env.runbook or in the secret store of CI; never on the command line.',
    state: 'untouched',
    see: 'release config check',
  });
}

/** The same as lines for a command that goes on without them. */
export const sayMissingSecrets = (missing: readonly MissingSecret[], checks: readonly Check[]): string[] =>
  missing.length === 0 ? [] : [sayError(missingSecrets(missing, checks), EXIT.credentials, makePaint(false))];
