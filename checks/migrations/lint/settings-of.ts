import { ReleaseError, type Runbook } from '../../../src/kit.ts';

/** The configuration of the migrations; throws E_MIGRATIONS_OFF when there is none. */
export function settingsOf(runbook: Runbook): NonNullable<Runbook['migrations']> {
  if (runbook.migrations) return runbook.migrations;
  throw new ReleaseError('E_MIGRATIONS_OFF', {
    what: 'No migrations are configured.',
    next: 'Add `migrations:`.',
    state: 'untouched',
  });
}
