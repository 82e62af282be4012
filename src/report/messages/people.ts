import { makeRoster } from '../../config/make-roster.ts';
import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { isReachable } from '../../domain/staffing/list-reachable.ts';

type People = Pick<Runbook, 'people' | 'timezone'>;
type Person = Runbook['people'][string];

/** True when the calendar of the runbook says that they can be reached at `now` (ISO). */
const isThere = (person: Person, { timezone }: People, now: string): boolean =>
  makeRoster({ people: { person }, timezone }).every((one) => isReachable(one, Date.parse(now)));

/** A person as a message names them: nobody is mentioned while they cannot be reached. `now`: ISO. */
export const namePerson = (person: Person, runbook: People, now: string): JsonObject => ({
  name: person.name,
  slack: isThere(person, runbook, now) ? (person.slack ?? null) : null,
});

/**
 * Whoever can take one of these roles, first those who can be reached at `now` (ISO; left out: nobody asks); null when the runbook
 * names nobody, and the line goes.
 */
export function findPerson(runbook: People, roles: readonly string[], now?: string): JsonObject | null {
  const people = Object.values(runbook.people);
  const able = roles.map((role) => people.filter((one) => one.roles.includes(role)));
  const [first, ...others] = able.find((one) => one.length > 0) ?? [];
  if (first === undefined) return null;
  if (now === undefined) return { name: first.name, slack: first.slack ?? null };
  const there = [first, ...others].find((one) => isThere(one, runbook, now));
  return namePerson(there ?? first, runbook, now);
}

/** Role → name, as the roles were given for this release: by the run itself, or for a rollback by the deploy before it. */
export function assignedOf({ plan, facts, notes }: Moment): Readonly<Record<string, unknown>> {
  const own = plan.entries.find((entry) => entry.kind === 'step' && entry.step === 'people.assign-roles');
  const assigned = (own && facts[own.name]?.assigned) ?? notes.assigned ?? {};
  return assigned as Readonly<Record<string, unknown>>;
}

/** When people read it (ISO). */
export const momentOf = ({ now, sentAt }: Moment): string => sentAt ?? now;

/** Whoever is on call in one of these roles, else was given it for this release, else can take it. */
function findFor(moment: Moment, runbook: Runbook, ...roles: readonly string[]): JsonObject | null {
  const onDuty = roles.map((role) => moment.onDuty?.[role]).find(Boolean);
  if (onDuty !== undefined) return { ...onDuty };
  const assigned = assignedOf(moment);
  const name = roles.map((role) => assigned[role]).find((one) => typeof one === 'string');
  const found = Object.values(runbook.people).find((one) => one.name === name);
  return found === undefined
    ? findPerson(runbook, roles, momentOf(moment))
    : namePerson(found, runbook, momentOf(moment));
}

/** Who commands by the record, else whoever has the role by the runbook: an incident begins before anybody takes it. */
function findCommander(moment: Moment, runbook: Runbook): JsonObject | null {
  const { commander: name } = moment.notes;
  if (typeof name !== 'string' || name === '')
    return findFor(moment, runbook, 'incident-commander', 'rollback-lead', 'deployment-lead');
  const found = Object.values(runbook.people).find((one) => one.name === name);
  return { name, slack: found?.slack ?? null };
}

/**
 * The roles of a release day, under the names a runbook may give them (E-104: those nobody holds are left out; E-110: the
 * assignment of this release comes first).
 */
export function findTeam(moment: Moment, runbook: Runbook): JsonObject {
  const find = (...roles: readonly string[]) => findFor(moment, runbook, ...roles);
  return {
    deploy_lead: find('deployment-lead', 'deploy-lead', 'devops-lead'),
    monitor: find('monitor', 'sre-lead'),
    rollback_lead: find('rollback-lead'),
    db_lead: find('database-lead', 'dba', 'database-administrator'),
    comms: find('communications', 'comms-lead', 'communications-lead'),
    incident_commander: findCommander(moment, runbook),
    qa_lead: find('qa-lead'),
    engineering_lead: find('engineering-lead'),
    engineering_manager: find('engineering-manager'),
    oncall_primary: find('on-call', 'on-call-primary', 'on-call-engineer'),
    oncall_secondary: find('on-call-secondary', 'backup-engineer', 'on-call-backup'),
  };
}
