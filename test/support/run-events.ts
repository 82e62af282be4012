import type { Finding } from '../../src/domain/finding.ts';
import type { Plan, PlanEntry } from '../../src/domain/plan.ts';
import type { EngineEvent } from '../../src/engine/events.ts';

/** A finding with everything that the test does not care about. */
export const finding = (check: string, change: Partial<Finding> = {}): Finding => ({
  check,
  title: check,
  room: check.split('.')[0] ?? check,
  runbook: ['ENV-06'],
  weight: 'blocker',
  outcome: 'pass',
  said: 'pool 31 % (limit 80 %)',
  startMs: 0,
  durationMs: 180,
  timeoutMs: 10_000,
  at: '2025-10-01T14:00:00.000Z',
  freshForMs: 45 * 60_000,
  digest: `digest of ${check}`,
  ...change,
});

const entry = (name: string, title: string, usualMs: number): PlanEntry => ({
  kind: 'step',
  name,
  title,
  usualMs,
  stop: 'safe',
  step: name,
  def: 1,
  effect: 'probeable',
  input: {},
  undo: { kind: 'nothing' },
});

const NAMES = [
  'announce',
  'back-up',
  'merge',
  'maintenance-on',
  'migrate',
  'publish',
  'prove-live',
  'warm-up',
];

/** A deploy of `count` steps. */
export const planOf = (count = 8): Plan => ({
  command: 'deploy',
  service: 'shop',
  env: 'production',
  version: 'v2.1.0',
  from: 'v2.0.3',
  entries: Array.from({ length: count }, (_, i) => {
    const name = NAMES[i] ?? `step-${i + 1}`;
    return entry(name, `Do ${name} for v2.1.0`, 40_000);
  }),
  basis: {},
  digest: 'd1',
});

export const runStarted = (plan: Plan, done: readonly string[] = []): EngineEvent => ({
  type: 'run.started',
  run: 'r-1',
  plan,
  resumed: done.length > 0,
  done,
});

export const stepStarted = (name: string, index = 1): EngineEvent => ({
  type: 'step.started',
  name,
  title: `Do ${name} for v2.1.0`,
  index,
  total: 8,
  usualMs: 40_000,
});

export const stepDone = (name: string, said = ''): EngineEvent => ({
  type: 'step.done',
  name,
  how: 'effect',
  tookMs: 1200,
  said,
});

export const gateStarted = (ids: readonly string[]): EngineEvent => ({
  type: 'gate.started',
  gate: 'preflight',
  checks: ids.map((id) => ({ id, title: id, room: id.split('.')[0] ?? id })),
  absent: [],
});

export const checkResult = (check: string, change: Partial<Finding> = {}): EngineEvent => ({
  type: 'check.result',
  finding: finding(check, change),
});
