import { makeDecisionRule } from '../../config/make-decision-rule.ts';
import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { sayPoint } from '../../report/approval-text.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';

const wrongRole = (what: string, roles: readonly string[]): ReleaseError =>
  new ReleaseError('E_NOT_LISTED', {
    what,
    next: `Those who sign: ${roles.join(', ')} (docs/config.md: decisions, reviews, handoffs, people).`,
    state: 'untouched',
  });

/** What this person may sign as. Throws E_NOT_LISTED. */
function listOwn(person: string, typed: unknown, { point }: DecisionAtHand, { runbook }: Wired): string[] {
  const { name = person, roles: held = [] } = runbook.people[person] ?? {};
  const deciders = makeDecisionRule(runbook, point)?.roles ?? [];
  if (typeof typed === 'string' && !deciders.includes(typed))
    throw wrongRole(`${typed.slice(0, 60)} does not sign ${sayPoint(point)}.`, deciders);
  if (typeof typed === 'string' && !held.includes(typed))
    throw wrongRole(`${name} is not listed as ${typed}.`, deciders);
  const own = typeof typed === 'string' ? [typed] : deciders.filter((role) => held.includes(role));
  if (own.length === 0)
    throw wrongRole(`${name} has none of the roles that sign ${sayPoint(point)}.`, deciders);
  return own;
}

/**
 * The roles that a person signs as: the typed one; else all that they have, where one person may sign for several, or the one that is
 * open, or the chosen one. Throws E_NOT_LISTED for a role that does not decide or is not theirs.
 */
export async function chooseRoles(
  person: string,
  typed: unknown,
  { decision, state }: { readonly decision: DecisionAtHand; readonly state: DecisionState },
  { ask }: Pick<CliContext, 'ask'>,
  wired: Wired,
): Promise<readonly string[]> {
  const own = listOwn(person, typed, decision, wired);
  if (own.length === 1 || wired.runbook.staffing?.singleOperator === true) return own;
  const mine = state.lines.find(({ signOff }) => signOff?.payload.person === person);
  if (mine !== undefined) return [mine.role];
  const chosen = await ask.choose({ question: 'Sign as which role?', flag: `--as ${own[0]}`, choices: own });
  return own.slice(chosen, chosen + 1);
}
