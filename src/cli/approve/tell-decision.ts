import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import type { ApprovalPayload } from '../../domain/approvals/payload.ts';
import type { Json } from '../../domain/json.ts';
import { sayDecision, sayOutcome, sayPoint } from '../../report/approval-text.ts';
import { sayEvidence } from '../../report/evidence-text.ts';
import { padTo } from '../../report/table.ts';
import { textOf } from '../approvals/prove-sign-offs.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { decisionAsJson, makeStory } from './make-story.ts';
import type { Postponed } from './postpone.ts';

/** What there is to tell after a look or a sign-off. */
export interface Telling {
  readonly decision: DecisionAtHand;
  readonly state: DecisionState;
  /** A line for each sign-off that was recorded. */
  readonly recorded: readonly string[];
  /** What would be signed (--plan). */
  readonly planned?: readonly ApprovalPayload[];
  readonly postponed?: Postponed;
  /** True: an incomplete decision ends with 3. */
  readonly isRequired: boolean;
}

/** The whole screen: what is decided, on what, and who has said what by now. */
export function sayScreen(
  decision: DecisionAtHand,
  state: DecisionState,
  context: CliContext,
  wired: Wired,
): string {
  const look = lookOf(context, 'stderr');
  const sandbox = wired.runbook.sandbox ? 'SANDBOX  ' : '';
  const head = `${sandbox}release approve ${decision.version} on ${wired.env}`;
  return [
    `${padTo(head, 46)} ${sayPoint(decision.point)}: ${decision.title}`,
    '',
    ...sayEvidence(decision.evidence, decision.about, look),
    ...decision.warnings.map((one) => `  ▲ ${one}`),
    '',
    ...sayDecision(makeStory(decision, state, wired), look),
  ].join('\n');
}

/** What to type now: a decision to go back is no rollback yet. */
function nextOf({ decision, state }: Telling, env: string): string[] {
  const { point, version, outcomes } = decision;
  if (state.noGo.length > 0 && /^roll ?back/i.test(outcomes[1]))
    return [`release rollback --to previous --env ${env}`];
  if (state.noGo.length > 0 || !state.isComplete) return [];
  return point === 1 ? [`release deploy ${version} --env ${env}`] : [];
}

function sayEnd(
  { decision, state, recorded, planned, postponed }: Telling,
  context: CliContext,
  wired: Wired,
) {
  const story = makeStory(decision, state, wired);
  if (planned !== undefined)
    return ['  This would be signed, and nothing was:', ...planned.map((one) => `  ${textOf(one)}`)];
  if (recorded.length === 0) return [sayScreen(decision, state, context, wired)];
  const { slot, told = [] } = postponed ?? {};
  return [
    ...recorded,
    `  ${sayPoint(decision.point)} of ${decision.version}: ${sayOutcome(story)}`,
    ...(slot === undefined ? [] : [`  put off to ${slot.said}`]),
    ...(told.length === 0 ? [] : [`  told ${told.map((one) => `#${one}`).join(', ')}`]),
    `  ${wired.ledger.about.says}`,
  ];
}

/** A decision, for people and machines. */
export function tellDecision(telling: Telling, context: CliContext, wired: Wired): CommandResult {
  const { decision, state, planned, postponed, isRequired, recorded } = telling;
  const isMissing = isRequired && !state.isComplete;
  return {
    exitCode: isMissing ? EXIT.no : EXIT.ok,
    result: {
      ...decisionAsJson(decision, state),
      recorded: recorded.length,
      planned: planned === undefined ? null : planned.map((one) => ({ ...one }) as unknown as Json),
      postponedTo: postponed?.slot?.json ?? null,
    },
    text: sayEnd(telling, context, wired).join('\n'),
    next: nextOf(telling, wired.env),
    warnings: [...(recorded.length > 0 ? decision.warnings : []), ...(postponed?.warnings ?? [])],
    env: wired.env,
    version: decision.version,
    sandbox: wired.runbook.sandbox,
  };
}
