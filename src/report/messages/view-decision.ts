import type { Runbook } from '../../config/schema/index.ts';
import { DECISION_POINTS, type DecisionPoint } from '../../domain/decision-point.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { sayMeasurements } from './measured.ts';
import { assignedOf, findPerson, momentOf, namePerson } from './people.ts';
import { addMs, sayClock } from './times.ts';
import { watchingOf } from './watching.ts';

type Decision = NonNullable<NonNullable<Runbook['decisions']>[DecisionPoint]>;

/** What becomes of a release while nobody answers. */
const WITHOUT: Readonly<Record<DecisionPoint, string>> = {
  '2': 'the release goes on: no run waits for this answer',
  '3': 'it is watched on',
  '4': 'it is recorded as complete if the whole of the monitoring was watched and well, and else it is not',
};

const isPoint = (point: string): point is DecisionPoint => DECISION_POINTS.some((one) => one === point);

/** Who must answer: whoever was given the role for this release, else whoever has it (DAY-04, E-110). */
function listDeciders({ roles }: Decision, moment: Moment, runbook: Runbook): JsonObject[] {
  const assigned = assignedOf(moment);
  return roles.map((role) => {
    const named = Object.values(runbook.people).find(({ name }) => name === assigned[role]);
    const person =
      named === undefined
        ? findPerson(runbook, [role], momentOf(moment))
        : namePerson(named, runbook, momentOf(moment));
    return { role: runbook.roles[role]?.title ?? role, person: person ?? 'nobody is named for it' };
  });
}

/** The line that signs, and the one that says no or goes back; nothing for a point that no message asks for. */
function listCommands(point: string, { outcomes }: Decision, { env, notes, plan }: Moment): JsonObject {
  const [good = '', otherwise = ''] = outcomes;
  if (!isPoint(point)) return { good, otherwise, command: null, other_command: null };
  const sign = `release approve ${plan.version} --point ${point} --env ${env}`;
  const to = typeof notes.back === 'string' ? notes.back : plan.from || 'previous';
  const back = `release rollback --to ${to} --env ${env}`;
  const isBack = /^roll ?back/i.test(otherwise);
  return { good, otherwise, command: sign, other_command: isBack ? back : `${sign} --no-go --comment "why"` };
}

/** What the smoke tests say, where nobody has measured anything else yet (E-08). */
function saySmoke(smoke: string, [good]: readonly string[]): string {
  if (smoke.startsWith('✅'))
    return `the smoke tests speak for ${good}; what users meet is not measured yet.`;
  return smoke.startsWith('⚠️')
    ? `the smoke tests speak against ${good}.`
    : 'not known: nothing was measured.';
}

const sayDue = (by: string, now: string, zone: string): string =>
  Date.parse(by) < Date.parse(now)
    ? `at once; it was due by ${sayClock(by, zone)}`
    : `by ${sayClock(by, zone)}`;

/** Variables of the question at a point of decision. */
export function viewDecision(moment: Moment, runbook: Runbook): JsonObject {
  const { notes, now } = moment;
  const { timezone: zone } = runbook;
  const point = String(notes.point);
  const decision = runbook.decisions?.[point as '1' | '2' | '3' | '4'];
  const { late = null, dueAt = now } = watchingOf(moment);
  const smoke = String(sayMeasurements(moment, runbook).smoke);
  const none = { decision: null, deciders: [], evidence: null, due: null, standing: null, without: null };
  const more = { smoke, as_of: sayClock(now, zone), late, point: null };
  const measured = Array.isArray(notes.measured) ? notes.measured.map(String) : [];
  const commands = { good: null, otherwise: null, command: null, other_command: null };
  if (decision === undefined) return { ...none, ...more, ...commands, measured };
  return {
    ...more,
    ...listCommands(point, decision, moment),
    decision: decision.title,
    deciders: listDeciders(decision, moment, runbook),
    evidence: decision.inputs.join(', '),
    due: sayDue(addMs(dueAt, decision.decideWithinMinutes * 60_000), now, zone),
    standing: typeof notes.standing === 'string' ? notes.standing : saySmoke(smoke, decision.outcomes),
    without: isPoint(point) ? WITHOUT[point] : null,
    measured,
  };
}
