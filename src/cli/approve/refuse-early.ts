import { type DecisionPoint, momentOf } from '../../domain/decision-point.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { anchorsOf } from '../../ledger/anchors.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { isOver } from '../../ledger/find-next-entry.ts';
import type { RunState } from '../../ledger/fold.ts';
import { foldDecision } from '../../ledger/fold-decision.ts';
import { sayClock } from '../../report/messages/times.ts';
import type { Wired } from '../wired.ts';

const tooEarly = (what: string, why: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what,
    why,
    next: 'Decide from then on. What is to be remembered until then is a note: release note "…"',
    state: 'untouched',
  });

/** Decision 2 rests on the smoke tests. */
function refuseUntested({ plan, entries }: RunState): void {
  const isTested = plan.entries.some(({ name }) => name === 'gate-smoke');
  if (!isTested || isOver(entries['gate-smoke'])) return;
  throw tooEarly(
    'Decision 2 comes when the smoke tests have spoken: it cannot be taken yet.',
    'There is nothing yet that it could rest on.',
  );
}

/** Throws E_ARGUMENTS where a decision is given before its moment (DP-2, DP-3, DP-4). */
export function refuseEarly(
  point: DecisionPoint,
  run: RunState,
  events: readonly LedgerEvent[],
  { clock, runbook }: Wired,
): void {
  if (point === '2') refuseUntested(run);
  const asked = runbook.decisions?.[point];
  if (point === '2' || asked === undefined) return;
  const at = momentOf(point, asked, anchorsOf(run));
  if (clock.now().getTime() >= at) return;
  // The watch of a sandbox may run faster than this clock: whoever was asked may answer.
  const { claims, askedAt } = foldDecision(events, point, {
    version: run.plan.version,
    since: run.startedAt,
  });
  if (askedAt !== undefined || claims.length > 0) return;
  throw tooEarly(
    `Decision ${point} comes at ${sayClock(new Date(at).toISOString(), runbook.timezone)}: it cannot be taken yet.`,
    'It is about minutes that nobody has measured, and no watch would ask for it any more.',
  );
}
