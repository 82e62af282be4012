import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRun } from '../../ledger/fold.ts';
import { readDecision } from '../approvals/read-decision.ts';
import { makeRunEvidence } from '../approvals/run-evidence.ts';
import { sayNo } from '../approvals/say-no.ts';
import type { Live } from './live.ts';

/**
 * What the people of a decision have come to, in words: SUCCESS when all have signed, or who says no; undefined while it is waited for.
 */
export async function readAnswer(
  point: 2 | 3 | 4,
  events: readonly LedgerEvent[],
  { watched, base }: Pick<Live, 'watched' | 'base'>,
): Promise<string | undefined> {
  const run = watched.run === undefined ? undefined : foldRun(events, watched.run);
  if (run === undefined) return undefined;
  const asked = {
    point,
    version: watched.version,
    run: run.run,
    evidence: makeRunEvidence(point, run, events),
  };
  const state = await readDecision({ ...asked, deployer: run.actor }, events, base);
  if (state === undefined) return undefined;
  const good = base.runbook.decisions?.[point]?.outcomes[0] ?? 'GO';
  const { people } = base.runbook;
  const by = state.lines.flatMap(({ signOff }) => (signOff ? [people[signOff.payload.person]?.name] : []));
  return sayNo(state, point, base) ?? (state.isComplete ? `${good} by ${by.join(', ')}` : undefined);
}
