import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { OpenIncident } from '../../ledger/list-incidents.ts';
import type { Wired } from '../wired.ts';

/** The number of a message about an incident, by the id of its record: `r-1:incident:2`. */
const nthOf = (id: string): string | undefined => /:incident:(\d+)$/.exec(id)?.[1];

/** The message with which this run began in this channel. */
function openingOf(run: RunState | undefined, channel: string): string | undefined {
  const sent = run?.facts.announce?.sent;
  const all = Array.isArray(sent) ? (sent as readonly { channel?: string; ts?: string }[]) : [];
  return all.find((one) => one.channel === channel)?.ts;
}

/**
 * Where people read of an incident in this channel: below its rollback, below the release, or below the message with which a watch told
 * of it. Undefined where there is none.
 */
export async function findIncidentThread(
  channel: string,
  incident: OpenIncident,
  events: readonly LedgerEvent[],
  { services }: Pick<Wired, 'services'>,
): Promise<string | undefined> {
  const { version, release, rollback, detectedAt } = incident;
  const opening = openingOf(rollback, channel) ?? openingOf(release, channel);
  if (opening !== undefined) return opening;
  const told = events.find(
    (one) =>
      one.type === 'watch.told' &&
      one.data.template === 'incident' &&
      one.data.version === version &&
      one.at >= detectedAt &&
      one.data.channels.includes(channel),
  );
  const nth = told && nthOf(told.id);
  if (told === undefined || nth === undefined) return undefined;
  const marker = { run: release.run, step: `watch.incident.${told.run}.${nth}` };
  return (await services.slack.find(channel, marker, detectedAt))?.ts;
}
