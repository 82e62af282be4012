import type { PlannedGate } from '../../domain/plan.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import { runChecks } from '../../engine/run-checks.ts';
import type { GateAnswer, RunTools } from '../../engine/run-tools.ts';
import type { Facts, ReleaseScope } from '../../kit.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

const sayFindings = (findings: readonly { readonly check: string; readonly said: string }[]): string =>
  findings.map((finding) => `${finding.check}: ${finding.said}`).join('; ');

/** Asks the checks of a gate that stands inside a plan; they see what earlier entries of the run found out. */
export async function judgeGate(
  entry: PlannedGate,
  facts: Facts,
  release: ReleaseScope,
  wired: Wired,
  { stop }: Pick<CliContext, 'stop'>,
  emit: RunTools['emit'],
): Promise<GateAnswer> {
  const { runbook, env, environment, services, configured, checks, clock } = wired;
  const { thresholds } = runbook;
  const { verdict, findings } = await runChecks({
    gate: entry.gate,
    checks,
    services,
    configured,
    policy: { env, environment, runbook, thresholds, now: clock.now(), facts, release },
    clock,
    emit,
    signal: stop.signal,
  });
  return {
    call: verdict.call,
    counts: { ...countOutcomes(findings) },
    because: verdict.because.map((finding) => finding.check),
    said: sayFindings(verdict.because) || 'Nobody looked.',
  };
}
