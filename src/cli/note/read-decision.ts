import { DECISION_POINTS, type DecisionPoint, findOutcome } from '../../domain/decision-point.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { findLive, findOpenRun, type RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';

/** What the deciders of a point answered. */
export interface Decided {
  readonly point: DecisionPoint;
  readonly outcome: string;
}

const noAnswer = (point: DecisionPoint, outcomes: readonly string[]): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `Decision ${point} is answered with ${outcomes.join(' or ')}, alone or before a colon or a comma.`,
    why: 'Other words after it could mean the opposite.',
    next: `release note "${outcomes[0]}: why" --decision ${point}`,
    state: 'untouched',
  });

const noPoint = (point: DecisionPoint): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `The configuration has no decision ${point}.`,
    next: 'Describe it under decisions (docs/config.md).',
    state: 'untouched',
  });

/**
 * What was decided, as the runbook spells it; undefined: the note answers no decision. Throws E_ARGUMENTS where it is none of the
 * outcomes, E_NOT_CONFIGURED where there is no such point (DP rows).
 */
export function readDecision(text: string, typed: unknown, { runbook }: Wired): Decided | undefined {
  const point = DECISION_POINTS.find((one) => one === typed);
  if (point === undefined) return undefined;
  const asked = runbook.decisions?.[point];
  if (asked === undefined) throw noPoint(point);
  const outcome = findOutcome(text, asked);
  if (outcome === undefined) throw noAnswer(point, asked.outcomes);
  return { point, outcome };
}

/** The run whose release is decided about: decision 2 comes while a deploy is under way, the later ones when users have it. */
export function findDecided({ point }: Decided, runs: readonly RunState[]): RunState | undefined {
  const open = point === '2' ? findOpenRun(runs) : undefined;
  if (open?.plan.command === 'deploy') return open;
  const live = findLive(runs)?.run;
  return runs.find(({ run }) => run === live);
}

/** What to type now: a decision to go back is no rollback yet. */
export const nextOf = ({ outcome }: Decided, env: string): readonly string[] =>
  /^roll ?back/i.test(outcome) ? [`release rollback --to previous --env ${env}`] : [];
