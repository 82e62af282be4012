import type { Plan, PlannedSignOff } from '../../domain/plan.ts';
import type { SignsAnswer } from '../../engine/run-tools.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRun, type RunState } from '../../ledger/fold.ts';
import { type Asked, readDecision } from '../approvals/read-decision.ts';
import { makeRunEvidence } from '../approvals/run-evidence.ts';
import { sayNo } from '../approvals/say-no.ts';
import { takenOn } from '../approvals/taken-on.ts';
import type { Wired } from '../wired.ts';

function askedOf(
  { point }: PlannedSignOff,
  plan: Plan,
  run: RunState,
  events: readonly LedgerEvent[],
): Asked {
  const { version } = plan;
  const deployer = run.actor;
  if (point !== 1)
    return { point, version, deployer, run: run.run, evidence: makeRunEvidence(point, run, events) };
  const taken = takenOn(run);
  // What was true when it began is what people agreed to: its own effects must not make that stale.
  const evidence = taken && makeEvidence(taken.items);
  return { point, version, deployer, run: taken?.run ?? '', evidence };
}

/** What the people of a decision point inside a run have said by now. */
export async function readSigns(
  entry: PlannedSignOff,
  plan: Plan,
  runId: string,
  wired: Wired,
): Promise<SignsAnswer> {
  const events = await wired.ledger.read(wired.scope);
  const run = foldRun(events, runId);
  const state = run && (await readDecision(askedOf(entry, plan, run, events), events, wired));
  if (state === undefined) return { missing: entry.roles };
  const refusal = sayNo(state, entry.point, wired);
  return { missing: state.missing, ...(refusal === undefined ? {} : { refusal }) };
}
