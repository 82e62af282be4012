import type { Runbook } from '../../config/schema/index.ts';
import { sayDuration } from '../../domain/duration.ts';
import type { EmergencyFact } from '../../domain/handoff/emergency.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { OpenIncident } from '../../ledger/list-incidents.ts';
import { sayClock, sayDay } from '../../report/messages/times.ts';
import type { Wired } from '../wired.ts';
import { commandOf } from './command-of.ts';
import { proveCommand } from './prove-command.ts';

const LEDGER = 'ledger';
const known = (said: string, from = LEDGER): Proof => ({ state: 'holds', said: oneLine(said, 600), from });
const absent = (said: string): Proof => ({ state: 'absent', said, from: LEDGER });
const orAbsent = (parts: readonly string[], otherwise: string): Proof =>
  parts.length === 0 ? absent(otherwise) : known(parts.join('; '));

const titlesOf = (
  { plan, entries }: RunState,
  isWanted: (state: string | undefined) => boolean,
): readonly string[] =>
  plan.entries
    .filter(
      (entry) => !(entry.kind === 'step' && entry.effect === 'read') && isWanted(entries[entry.name]?.state),
    )
    .map(({ title }) => title);

/** HOE-05: steps of the rollback, and what people noted since it was detected. */
function listActions(
  { rollback, detectedAt }: OpenIncident,
  events: readonly LedgerEvent[],
): readonly string[] {
  const notes = events.flatMap((event) =>
    event.type === 'watch.noted' && event.at >= detectedAt ? [`${event.data.by}: ${event.data.text}`] : [],
  );
  return [...(rollback === undefined ? [] : titlesOf(rollback, (state) => state === 'done')), ...notes];
}

function sayRollback(rollback: RunState | undefined): string {
  if (rollback === undefined) return 'none was begun';
  const { plan, run, end, actor, startedAt } = rollback;
  const state =
    end === 'completed'
      ? 'ended well'
      : end === 'open' || end === 'paused'
        ? 'has not ended'
        : `ended: ${end}`;
  return `to ${plan.version}, begun ${startedAt} by ${actor}, ${run}: ${state}`;
}

const toldOf = (
  events: readonly LedgerEvent[],
  since: string,
  templates: readonly string[],
): readonly string[] =>
  events.flatMap((event) =>
    event.at >= since && event.type === 'watch.told' && templates.includes(event.data.template)
      ? [`${event.data.template} in ${event.data.channels.join(', ')}`]
      : [],
  );

/** HOE-15: roles that a rollback needs and nobody has. */
const listVacant = ({ staffing, people, roles }: Runbook): readonly string[] => {
  const taken = new Set(Object.values(people).flatMap((one) => one.roles));
  return (staffing?.rollbackRoles ?? [])
    .filter((role) => !taken.has(role))
    .map((role) => roles[role]?.title ?? role);
};

/** HOE-17: whoever owns what may be the matter. */
const listOwners = ({ owners, people }: Runbook): readonly string[] =>
  Object.entries(owners).flatMap(([name, { owner, backup }]) => {
    const found = [owner, backup].flatMap(
      (role) => Object.values(people).find((one) => one.roles.includes(role)) ?? [],
    );
    return found.length === 0 ? [] : [`${name}: ${[...new Set(found.map((one) => one.name))].join(', ')}`];
  });

const listTeam = (events: readonly LedgerEvent[], since: string): readonly string[] => [
  ...new Set(events.filter(({ at }) => at >= since).map(({ actor }) => actor)),
];

/** What the ledger and the configuration say to the next incident commander. */
export function proveEmergency(
  incident: OpenIncident,
  events: readonly LedgerEvent[],
  wired: Wired,
): Readonly<Record<EmergencyFact, Proof>> {
  const { runbook, clock, env } = wired;
  const { id, severity, version, detectedAt, signs, rollback } = incident;
  const { timezone: zone } = runbook;
  const spent = sayDuration(Math.max(0, clock.now().getTime() - Date.parse(detectedAt)));
  const openSteps = rollback === undefined ? [] : titlesOf(rollback, (state) => state !== 'done');
  const isPaid = signs.some((sign) => sign.includes('payment'));
  return {
    command: proveCommand(commandOf(events, incident, runbook), id, wired),
    incident: { ...known(`${id}, ${severity}: ${version} on ${env}`), mark: id },
    since: {
      ...known(`${sayDay(detectedAt, zone)}, ${sayClock(detectedAt, zone)}; ${spent} so far`),
      mark: detectedAt,
    },
    systems: orAbsent([...new Set(signs)], 'no rule has called'),
    actions: known(listActions(incident, events).join('; ') || 'none is on record'),
    rollback: known(sayRollback(rollback)),
    customers: absent('mail to customers is sent by a person, outside of this record'),
    stakeholders: orAbsent(
      toldOf(events, detectedAt, ['incident', 'rollback-start', 'rollback-complete']),
      'no message is on record',
    ),
    revenue: isPaid
      ? known('a rule about payments has called: high is likely')
      : absent('no rule about payments has called'),
    'next-steps': orAbsent(openSteps, 'no run is under way'),
    vacancies: orAbsent(listVacant(runbook), 'every role of a rollback has somebody'),
    team: orAbsent(listTeam(events, detectedAt), 'nobody has done anything on record'),
    experts: orAbsent(listOwners(runbook), 'no owner is named'),
  };
}
