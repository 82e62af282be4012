import type { Runbook } from '../../config/schema/index.ts';
import type { MigrationOrder } from '../../services/postgres/port.ts';

/** The limits of production and a fence of its own: the copy knows the epochs of the real runs. */
export const rehearsalOrder = ({
  journal,
  lockTimeoutSeconds,
  statementTimeoutSeconds,
}: NonNullable<Runbook['migrations']>): MigrationOrder => ({
  journal,
  lockTimeoutMs: lockTimeoutSeconds * 1000,
  statementTimeoutMs: statementTimeoutSeconds * 1000,
  lockTries: 1,
  scope: 'rehearsal',
  epoch: 1,
  application: 'release/rehearsal',
});
