import type { Moment } from '../../domain/moment.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listIncidents, type OpenIncident } from '../../ledger/list-incidents.ts';
import { channelsOf } from '../../plans/channels-of.ts';
import { sendToChannels } from '../messages/send-to-channels.ts';
import { tellInPassing } from '../messages/tell-in-passing.ts';
import type { Wired } from '../wired.ts';
import { findIncidentThread } from './find-thread.ts';

const TEMPLATE = 'command-taken';

/** Who commands from now on, and who did; by name. */
export interface Taken {
  /** The incident. */
  readonly subject: string;
  readonly by: string;
  readonly before: string | undefined;
}

const ENDS = { open: 'under way', paused: 'stands still half way', completed: 'complete' } as const;

const sayRollback = ({ rollback }: OpenIncident): string | null => {
  if (rollback === undefined) return null;
  const { end, plan } = rollback;
  return `to ${plan.version}, ${end in ENDS ? ENDS[end as keyof typeof ENDS] : 'stopped half way'}`;
};

function momentOf(incident: OpenIncident, { by, before }: Taken, { env, clock }: Wired): Moment {
  const { id, severity, version, release } = incident;
  return {
    ...{ run: release.run, env, plan: release.plan, facts: {}, step: `${TEMPLATE}.${id}.${by}` },
    ...{ now: clock.now().toISOString(), canThread: false, repeated: false },
    notes: {
      commander: by,
      commanded_before: before ?? 'nobody on record',
      incident: `${id}, ${severity} of ${version} on ${env}`,
      outcome: sayRollback(incident),
    },
  };
}

async function tell(taken: Taken, events: readonly LedgerEvent[], wired: Wired): Promise<readonly string[]> {
  const incident = listIncidents(events, wired.runbook.timezone).find(({ id }) => id === taken.subject);
  if (incident === undefined) return [];
  const channels = channelsOf(wired.runbook, TEMPLATE);
  if (channels.length === 0)
    return [`Nobody is told who commands: services.slack.routes names no channel for ${TEMPLATE}.`];
  // A channel that cannot be searched hears it all the same.
  const threadIn = (channel: string) =>
    findIncidentThread(channel, incident, events, wired).catch(() => undefined);
  return (await sendToChannels(TEMPLATE, channels, momentOf(incident, taken, wired), wired, threadIn))
    .warnings;
}

/**
 * Tells who reads of an incident who commands it from now on (HOE-19). Takes three seconds at most and never throws; gives the lines about
 * what was not told.
 */
export async function tellCommand(taken: Taken, wired: Wired): Promise<readonly string[]> {
  if (!wired.configured.has('slack')) return [];
  const telling = wired.ledger.read(wired.scope).then((events) => tell(taken, events, wired));
  const warnings = await tellInPassing('the new commander', telling, wired.clock);
  return warnings.map((warning) => `  ▲ ${warning}`);
}
