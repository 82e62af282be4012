import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { RunTools } from '../../engine/run-tools.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { Held } from '../../ledger/ledger.ts';
import type { CliContext } from '../context.ts';
import { branchOf } from '../facts/find-release.ts';
import type { Wired } from '../wired.ts';
import { judgeGate } from './judge-gate.ts';
import { readSigns } from './read-signs.ts';

const scopeOf = ({ version, from }: Plan, { runbook }: Wired): ReleaseScope => ({
  version,
  branch: branchOf(runbook, version),
  from,
});

/** A step that nobody can ask about follows its own policy; one that wants a person stops the run (exit 7). */
const decideByPolicy =
  ({ steps }: Wired): RunTools['decide'] =>
  async (entry: PlannedStep) => {
    const policy = steps.find((step) => step.id === entry.step)?.onDoubt ?? 'ask';
    return policy === 'ask' ? 'stop' : policy;
  };

/** Everything a run of this plan touches, from the program as it was put together. */
export function makeTools(
  context: CliContext,
  wired: Wired,
  held: Held,
  plan: Plan,
  emit: RunTools['emit'],
): RunTools {
  const { services, ledger, clock, runbook, secrets, steps, times, render } = wired;
  const release = scopeOf(plan, wired);
  return {
    steps: new Map(steps.map((step) => [step.id, step])),
    services,
    ledger,
    held,
    clock,
    random: context.random,
    runbook,
    secret: (name) => secrets.read(name),
    render,
    judgeGate: (entry, facts) => judgeGate(entry, facts, release, wired, context, emit),
    readSigns: (entry) => readSigns(entry, plan, held.run, wired),
    decide: decideByPolicy(wired),
    emit,
    stop: context.stop,
    times,
  };
}
