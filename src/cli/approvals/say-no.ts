import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import type { SignOff } from '../../domain/approvals/sign-off.ts';
import type { Wired } from '../wired.ts';

const sayOne = ({ payload, fault }: SignOff, { runbook }: Pick<Wired, 'runbook'>): string => {
  const { person, role, comment, method } = payload;
  const name = runbook.people[person]?.name ?? person;
  const proof = fault === undefined ? method : `not proven: ${fault.why}`;
  return `${name} (${role}, ${proof})${comment === '' ? '' : `: "${comment}"`}`;
};

/** `NO-GO by Sam Example (devops-lead, ssh-signed): "exports hang"`, in the runbook's word; undefined: nobody says no. */
export function sayNo(
  { noGo }: Pick<DecisionState, 'noGo'>,
  point: 1 | 2 | 3 | 4,
  wired: Pick<Wired, 'runbook'>,
): string | undefined {
  if (noGo.length === 0) return undefined;
  const word = wired.runbook.decisions?.[point]?.outcomes[1] ?? 'NO-GO';
  return `${word} by ${noGo.map((one) => sayOne(one, wired)).join(' and ')}`;
}
