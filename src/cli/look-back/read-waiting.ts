import type { Point } from '../../config/make-decision-rule.ts';
import { isWaitedFor } from '../../config/make-decision-rule.ts';
import { turnOf } from '../../config/turn-of.ts';
import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { isReview } from '../../domain/approvals/review.ts';
import { DECISION_POINTS } from '../../domain/decision-point.ts';
import { foldPreflight } from '../../ledger/approvals/fold-preflight.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import { makePreflightEvidence } from '../../ledger/approvals/preflight-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findNextEntry } from '../../ledger/find-next-entry.ts';
import { findLive, findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { foldDecision } from '../../ledger/fold-decision.ts';
import { sinceLastRun } from '../../ledger/fold-findings.ts';
import type { Waiting } from '../../report/waiting-text.ts';
import { findNewestRun } from '../approvals/find-newest-run.ts';
import { type Asked as Read, readDecision } from '../approvals/read-decision.ts';
import {
  asEvidence,
  listUnreviewed,
  type Reviewed,
  readBeforeFirst,
  readBeforeSecond,
  sayReviewed,
} from '../approvals/read-reviews.ts';
import { makeRunEvidence } from '../approvals/run-evidence.ts';
import { sayNo } from '../approvals/say-no.ts';
import { takenOn } from '../approvals/taken-on.ts';
import type { Wired } from '../wired.ts';

interface Asked extends Read {
  readonly point: Point;
  /** Since when people have been asked (ISO). */
  readonly since: string;
  /** What is signed before it. */
  readonly before?: readonly Reviewed[];
}

/** A deploy that stands still before a decision. */
async function askOpen(
  open: RunState,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<readonly Asked[]> {
  const entry = findNextEntry(open);
  const { lastAt: since } = open;
  const { version } = open.plan;
  if (entry?.kind !== 'sign-off' || !entry.required) return [];
  const { point } = entry;
  const before = point === 2 ? await readBeforeSecond(open, events, wired) : [];
  if (point !== 1)
    return [{ point, version, since, before, run: open.run, evidence: makeRunEvidence(point, open, events) }];
  const taken = takenOn(open);
  return [{ point, version, since, run: taken?.run ?? '', evidence: taken && makeEvidence(taken.items) }];
}

/** The version whose preflight or sign-offs came last, since the last run. */
async function askNext(events: readonly LedgerEvent[], wired: Wired): Promise<readonly Asked[]> {
  const isAwaited = isWaitedFor(wired.runbook, 1);
  const isFirst = (event: LedgerEvent): boolean =>
    event.type === 'approval.recorded'
      ? event.data.approval.point === 1 || (isAwaited && isReview(event.data.approval.point))
      : event.type === 'gate.decided' && event.data.version !== undefined && isAwaited;
  const last = sinceLastRun(events).findLast(isFirst);
  const version = last !== undefined && 'version' in last.data ? last.data.version : undefined;
  if (version === undefined) return [];
  const record = foldPreflight(events, version);
  const candidate = { version, commit: record?.commit ?? '', found: record };
  const before = await readBeforeFirst(candidate, events, wired);
  const evidence = record && makePreflightEvidence(record, asEvidence(before, wired));
  const since = record?.at ?? last?.at ?? '';
  return [{ point: 1, version, since, before, run: findNewestRun(events), evidence }];
}

/** Decisions about what is live, of which people were asked. */
function askLive(live: RunState, events: readonly LedgerEvent[]): Asked[] {
  const { version } = live.plan;
  return DECISION_POINTS.flatMap((one): Asked[] => {
    const { askedAt: since } = foldDecision(events, one, { version, since: live.startedAt });
    if (since === undefined) return [];
    const point = Number(one) as 2 | 3 | 4;
    return [{ point, version, since, run: live.run, evidence: makeRunEvidence(point, live, events) }];
  });
}

/** Of a decision, or of what comes before it: what is said of it, and whom it waits for; nobody where somebody says no. */
function tellState(
  state: DecisionState,
  said: string,
  { runbook, clock }: Wired,
): Pick<Waiting, 'said' | 'turns'> {
  const roles = state.noGo.length > 0 ? [] : state.missing;
  return { said, turns: roles.map((role) => turnOf(role, runbook, clock.now().getTime())) };
}

/** Which decisions people are waited for, since when, whom, and who comes behind them, by the record (ux: status says what is waited for). */
export async function readWaiting(events: readonly LedgerEvent[], wired: Wired): Promise<readonly Waiting[]> {
  const runs = foldRuns(events);
  const open = findOpenRun(runs);
  const live = runs.find(({ run, plan }) => run === findLive(runs)?.run && plan.command === 'deploy');
  const asked = [
    ...(open?.plan.command === 'deploy' ? await askOpen(open, events, wired) : await askNext(events, wired)),
    ...(live === undefined ? [] : askLive(live, events)),
  ];
  const states = await Promise.all(
    asked.map(async (one) => ({ one, state: await readDecision(one, events, wired) })),
  );
  return states.flatMap(({ one: { point, version, since, before = [] }, state }): Waiting[] => {
    if (state === undefined || state.isComplete) return [];
    const said = sayNo(state, point, wired) ?? `waiting for ${state.missing.join(', ')}`;
    const first = listUnreviewed(before).map((one): Waiting => {
      const { point: reviewed, state: own } = one;
      return { point: reviewed, version, since, ...tellState(own, sayReviewed(own, wired), wired) };
    });
    return [...first, { point, version, since, ...tellState(state, said, wired) }];
  });
}
