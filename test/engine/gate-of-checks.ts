import type { EngineEvent } from '../../src/engine/events.ts';
import { type ChecksOrder, runChecks } from '../../src/engine/run-checks.ts';
import type { Check, Judgement, Policy, ServiceName } from '../../src/kit.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';

const NOW = new Date('2025-10-01T14:00:00Z');
export const silent = (): Promise<never> => new Promise(() => undefined);
export const says = (outcome: Judgement['outcome'], said = 'seen'): Judgement => ({ outcome, said });

/** A check that answers what its probe gives. */
export const check = (id: string, probe: Check['probe'], change: Partial<Check> = {}): Check => ({
  id,
  title: `Duty of ${id}`,
  runbook: 'ENV-06',
  gates: ['preflight'],
  needs: [],
  probe,
  judge: (found) => found as Judgement,
  ...change,
});
export const passing = (id: string, change: Partial<Check> = {}): Check =>
  check(id, async () => says('pass'), change);

export function ask(checks: readonly Check[], change: Partial<ChecksOrder> = {}, time = new VirtualTime()) {
  const told: EngineEvent[] = [];
  const work = runChecks({
    gate: 'preflight',
    checks,
    services: {} as ChecksOrder['services'],
    configured: new Set<ServiceName>(['neon', 'stripe']),
    policy: { now: NOW, facts: {}, thresholds: { evidenceMinutes: 45 } } as unknown as Policy,
    clock: time.clock(),
    emit: (event) => told.push(event),
    signal: new AbortController().signal,
    ...change,
  });
  return { told, time, work, answer: () => time.drive(work) };
}

export const outcomes = (answer: Awaited<ReturnType<typeof runChecks>>) =>
  Object.fromEntries(answer.findings.map((finding) => [finding.check, finding.outcome]));
