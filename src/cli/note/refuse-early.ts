import { momentOf } from '../../domain/decision-point.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { anchorsOf } from '../../ledger/anchors.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import { foldDecision } from '../../ledger/fold-decision.ts';
import { sayClock } from '../../report/messages/times.ts';
import type { Wired } from '../wired.ts';
import type { Decided } from './read-decision.ts';

const tooEarly = ({ point }: Decided, at: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `Decision ${point} comes at ${at}: it cannot be answered yet.`,
    why: 'It is about minutes that nobody has measured, and no watch would ask for it any more.',
    next: 'Answer it from then on. What is to be remembered until then is a note without --decision.',
    state: 'untouched',
  });

/**
 * Throws E_ARGUMENTS where a decision about the monitoring is answered before its moment (DP-3, DP-4). `run`: the one that brought
 * the release to users; undefined: no record says when it comes.
 */
export function refuseEarly(
  decided: Decided,
  run: RunState | undefined,
  events: readonly LedgerEvent[],
  { clock, runbook }: Wired,
): void {
  const asked = runbook.decisions?.[decided.point];
  // A deploy asks for decision 2 itself, while it is under way.
  if (decided.point === '2' || run === undefined || asked === undefined) return;
  const at = momentOf(decided.point, asked, anchorsOf(run));
  if (clock.now().getTime() >= at) return;
  // The watch of a sandbox may run faster than this clock: whoever was asked may answer.
  const release = { version: run.plan.version, since: run.startedAt };
  const { claims, isAsked } = foldDecision(events, decided.point, release);
  if (isAsked || claims.length > 0) return;
  throw tooEarly(decided, sayClock(new Date(at).toISOString(), runbook.timezone));
}
