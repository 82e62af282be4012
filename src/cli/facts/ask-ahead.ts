import type { WebhookWay } from '../../plans/webhook-way.ts';
import type { LiveVersion } from '../../services/host/port.ts';
import type { AppliedMigration } from '../../services/postgres/port.ts';
import type { Wired } from '../wired.ts';
import { askLive } from './ask-live.ts';
import { readWebhookWay } from './read-webhook-way.ts';

/** What a rollback asks the world without knowing the code: it leaves while the remote is still asked for that. */
export interface AskedAhead {
  /** When it left, by the monotonic clock, in ms. */
  readonly leftAt: number;
  readonly live: Promise<LiveVersion | undefined>;
  /** The migrations that the database remembers; missing where it is not asked about them. */
  readonly applied?: Promise<readonly AppliedMigration[]>;
  readonly webhooks: Promise<WebhookWay>;
}

function askApplied({ runbook, configured, services, env }: Wired): Pick<AskedAhead, 'applied'> {
  const { migrations } = runbook;
  if (migrations === undefined || !configured.has('postgres')) return {};
  const ask = async () => services.postgres.appliedMigrations(env, migrations.journal);
  return { applied: ask() };
}

/**
 * Asks all of it at once. `readsData`: false when the database is left alone on purpose. A failure is told to whoever
 * waits for that answer, and to nobody else.
 */
export function askAhead(wired: Wired, readsData: boolean): AskedAhead {
  const leftAt = wired.clock.monotonic();
  const asked = {
    live: askLive(wired),
    ...(readsData ? askApplied(wired) : {}),
    webhooks: readWebhookWay(wired),
  };
  for (const one of Object.values(asked)) one.catch(() => undefined);
  return { leftAt, ...asked };
}
