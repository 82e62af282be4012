import { sayClock, sayDay } from '../messages/times.ts';

/** What a team does after a rollback, and how many hours after its end it should be done (PIR rows). */
const TASKS: readonly (readonly [row: string, hours: number, what: string])[] = [
  ['PIR-01', 2, 'Export the logs of the application and keep them'],
  ['PIR-04', 2, 'Collect what users reported'],
  ['PIR-05', 2, 'Read the logs of the deployment for errors'],
  ['PIR-06', 2, 'Look for a pattern in the errors that monitoring saw'],
  ['PIR-08', 2, 'Write down what could have caused it'],
  ['PIR-09', 2, 'Send stakeholders the report of the incident'],
  ['PIR-10', 2, 'Tell engineering what was found'],
  ['PIR-12', 24, 'Reproduce it in staging'],
  ['PIR-13', 24, 'Read the code of the failed release again'],
  ['PIR-14', 24, 'Rehearse its migrations by themselves: release preflight --only migrations.*'],
  ['PIR-15', 24, 'Compare the measurements with the baseline'],
  ['PIR-17', 24, 'Mend the cause, on a branch from the version that is live'],
  ['PIR-18', 24, 'Add a test that fails without the mending'],
  ['PIR-21', 24, 'Bring the mended version to staging'],
  ['PIR-22', 24, 'Have users accept the parts that were affected'],
  ['PIR-24', 48, 'Hold the postmortem meeting'],
  ['PIR-26', 168, 'Add a check that would have stopped it'],
  ['PIR-27', 168, 'Add a rule that would have seen it earlier'],
  ['PIR-28', 168, 'Mend what was slow or unclear in the rollback'],
  ['PIR-29', 168, 'Add a safeguard against its like'],
  ['PIR-30', 168, 'Update the runbook, and tell the teams what was learned'],
];

const HOUR_MS = 3_600_000;

/** Boxes to tick, each with the time by which it is due. */
export const writeFollowUp = (endedAt: string, zone: string): string =>
  TASKS.map(([row, hours, what]) => {
    const due = new Date(Date.parse(endedAt) + hours * HOUR_MS).toISOString();
    return `- [ ] ${what} (${row}), by ${sayDay(due, zone)}, ${sayClock(due, zone)} <!-- due ${due} -->`;
  }).join('\n');

const BOX = /^- \[ \] (.*?),? ?<!-- due (\S+) -->$/;

/** Boxes that nobody has ticked although their time is over. */
export const listOverdue = (
  document: string,
  now: Date,
): readonly { readonly line: number; readonly said: string }[] =>
  document.split('\n').flatMap((text, index) => {
    const [, what, due = ''] = BOX.exec(text) ?? [];
    return what !== undefined && Date.parse(due) < now.getTime()
      ? [{ line: index + 1, said: `overdue: ${what}` }]
      : [];
  });
