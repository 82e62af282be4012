import type { Level } from '../domain/watch/rule.ts';
import type { Command } from '../ledger/fold-command.ts';
import type { Look } from './look.ts';
import { sayWhen } from './say-when.ts';
import { ageOf, alarm, type Moment, row } from './status-rows.ts';

/** An incident that is not over, and who commands it, by name. */
export interface StandingIncident extends Command {
  readonly id: string;
  readonly severity: Level;
  readonly version: string;
  /** ISO. */
  readonly detectedAt: string;
  /** A rollback of it has begun. */
  readonly isTakenBack: boolean;
}

function sayCommand({ id, commander, since, offer }: StandingIncident, { zone }: Moment): string {
  if (commander === undefined) return `nobody has taken command: release handoff emergency ${id} --accept`;
  const from = since === undefined ? '' : ` since ${sayWhen(since, zone)}`;
  const offered = offer === undefined ? '' : `; offered to ${offer.to} at ${sayWhen(offer.at, zone)}`;
  return `commander: ${commander}${from}${offered}`;
}

/** What is wrong and who commands it (HOE-19): the first thing that whoever is called has to know. */
export function sayIncident(
  incident: StandingIncident | undefined,
  moment: Moment,
  look: Look,
): readonly string[] {
  if (incident === undefined) return [];
  const { id, severity, version, detectedAt } = incident;
  const seen = `detected ${sayWhen(detectedAt, moment.zone)} (${ageOf(detectedAt, moment)})`;
  return [
    ...alarm(`INCIDENT ${id}, ${severity} of ${version}, ${seen}`, look),
    ...row('', `  ${sayCommand(incident, moment)}`),
  ];
}
