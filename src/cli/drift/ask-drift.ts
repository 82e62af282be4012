import { type ChecksAnswer, runChecks } from '../../engine/run-checks.ts';
import { giveDriftFacts } from '../../kit/drift/drift-facts.ts';
import type { DriftRecord } from '../../ledger/fold-drift.ts';
import type { CliContext } from '../context.ts';
import { openProgress } from '../progress.ts';
import type { Wired } from '../wired.ts';

/** Asks every part of the set-up, and shows the checks while they answer. */
export async function askDrift(
  record: DriftRecord,
  context: CliContext,
  wired: Wired,
): Promise<ChecksAnswer> {
  const { runbook, env, environment, services, configured, checks, clock } = wired;
  const { thresholds } = runbook;
  const facts = giveDriftFacts({ record, isAsked: true });
  const progress = await openProgress(context);
  try {
    return await runChecks({
      gate: 'drift',
      checks,
      services,
      configured,
      policy: { env, environment, runbook, thresholds, now: clock.now(), facts },
      clock,
      // Go and no-go are words of a gate; whether this is drift is decided by all parts together.
      emit: (event) => (event.type === 'gate.decided' ? undefined : progress.emit(event)),
      signal: context.stop.signal,
    });
  } finally {
    await progress.close();
  }
}
