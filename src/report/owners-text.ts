import { oneLine } from '../domain/screen-text.ts';
import type { Duty, OnDuty } from '../domain/staffing/list-duties.ts';
import { row } from './status-rows.ts';

export type SayRole = (role: string) => string;

const AWAY = ' (away by the calendar)';

/** A role that nobody has is said to be empty: an owner that is only a title answers no call. */
function sayOnDuty({ role, people }: OnDuty, sayRole: SayRole): string {
  const names = people.map(({ name, reachable }) => `${name}${reachable ? '' : AWAY}`);
  return `${sayRole(role)}: ${names.join(', ') || 'NOBODY is named'}`;
}

const sayEscalation = ({ escalation }: Duty, sayRole: SayRole): string =>
  escalation
    .map(({ role, member, reachable }) =>
      member === undefined ? sayRole(role) : `${member.name} (${sayRole(role)})${reachable ? '' : AWAY}`,
    )
    .join(' → ');

/** An area with its owner, its backup, whom to call and when somebody is there. `isLong`: what the owner answers for, too. */
export const sayDuty = (duty: Duty, sayRole: SayRole, isLong: boolean): readonly string[] => [
  ...row(duty.area, `owner  ${sayOnDuty(duty.owner, sayRole)}`),
  ...row('', `backup ${sayOnDuty(duty.backup, sayRole)}`),
  ...row('', `call   ${sayEscalation(duty, sayRole)}`),
  ...(duty.onCall === undefined ? [] : row('', `there  ${oneLine(duty.onCall, 200)}`)),
  ...(isLong ? duty.responsibilities.flatMap((one) => row('', `· ${oneLine(one, 200)}`)) : []),
];
