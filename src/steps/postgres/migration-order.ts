import type { StepContext } from '../../kit.ts';
import { ReleaseError } from '../../kit.ts';
import type { MigrationOrder } from '../../services/postgres/port.ts';

/** Sessions of one run carry this name, so that a killed run's orphan can be found (F66). */
export const sessionName = (context: Pick<StepContext, 'run'>): string => `release/${context.run}`;

/** The limits and the fence for this run's migrations, from the configuration. */
export function makeOrder(context: StepContext): MigrationOrder {
  const settings = context.runbook.migrations;
  if (settings === undefined) throw noMigrations();
  return {
    journal: settings.journal,
    lockTimeoutMs: settings.lockTimeoutSeconds * 1000,
    statementTimeoutMs: settings.statementTimeoutSeconds * 1000,
    lockTries: settings.lockTries,
    scope: context.scope,
    epoch: context.epoch,
    application: sessionName(context),
  };
}

const noMigrations = (): ReleaseError =>
  new ReleaseError('E_MIGRATIONS_OFF', {
    what: 'This plan holds migrations, but the configuration has no `migrations` part.',
    next: 'Put `migrations:` back into runbook.config.yaml, or plan again.',
    state: 'untouched',
  });
