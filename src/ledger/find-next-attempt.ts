import { makeNextAttempt, type NextAttempt } from '../domain/next-attempt.ts';
import { findLive, type RunState } from './fold.ts';

/** What follows the last rollback, while what it brought is live by the ledger (E-90); undefined: nothing was taken back. */
export function findNextAttempt(runs: readonly RunState[]): NextAttempt | undefined {
  const live = findLive(runs);
  const plan = runs.find(({ run }) => run === live?.run)?.plan;
  if (plan?.command !== 'rollback' || plan.from === plan.version) return undefined;
  const known = new Set(runs.flatMap(({ plan: { version, from } }) => [version, from]));
  return makeNextAttempt(plan.from, plan.version, known);
}
