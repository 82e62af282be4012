import type { Clock } from '../domain/clock.ts';
import type { Finding, Gate, Waiver } from '../domain/finding.ts';
import { judgeFindings, type Verdict } from '../domain/verdict.ts';
import type { Check, Policy, ServiceName, Services } from '../kit.ts';
import { askCheck } from './ask-check.ts';
import { chooseChecks } from './choose-checks.ts';
import type { Emit } from './events.ts';
import { makeLanes } from './lanes.ts';
import { makeFinding, makeSkipped, roomOf } from './make-finding.ts';
import { waive } from './waive.ts';

export interface ChecksOrder {
  readonly gate: Gate;
  readonly checks: readonly Check[];
  readonly services: Services;
  /** What this configuration has; a check that needs more is left out, and said so once. */
  readonly configured: ReadonlySet<ServiceName>;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Globs on check ids. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly waivers?: readonly Waiver[];
  /** The finding that stands instead of asking this check, when there is one. */
  readonly recall?: (check: Check) => Finding | undefined;
  /** Probes of one service at a time. */
  readonly width?: number;
}

export interface ChecksAnswer {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly absent: readonly { readonly check: string; readonly why: string }[];
  readonly wallMs: number;
}

/**
 * Asks every check of a gate at once, a few per service, each with its own time limit. A probe that throws or takes
 * too long is `unknown`; it never stops another. Findings come back in the order of `checks`.
 */
export async function runChecks(order: ChecksOrder): Promise<ChecksAnswer> {
  const { gate, checks, clock, emit } = order;
  const chosen = chooseChecks(order);
  const absentIds = chosen.absent.map((one) => `${one.check}: ${one.why}`);
  emit({
    type: 'gate.started',
    gate,
    checks: chosen.asked.map(({ id, title }) => ({ id, title, room: roomOf(id) })),
    absent: absentIds,
  });
  const started = clock.monotonic();
  const lanes = makeLanes(order.width ?? 4);
  const asked = chosen.asked.map(
    async (check) =>
      recallOne(check, order) ?? (await lanes.run(check.needs, () => askOne(check, order, started))),
  );
  const answers = await Promise.all(asked);
  const skipped = chosen.skipped.map((check) => makeSkipped(check, clock.now(), order.policy));
  const findings = inOrder(checks, [...answers, ...skipped]);
  const verdict = judgeFindings(
    findings,
    chosen.skipped.map((check) => check.id),
  );
  emit({ type: 'gate.decided', gate, verdict });
  return {
    findings,
    verdict,
    absent: chosen.absent,
    wallMs: Math.round(clock.monotonic() - started),
  };
}

/** Waived, told, and kept. */
function conclude(found: Finding, { waivers = [], policy, emit }: ChecksOrder): Finding {
  const finding = waive(found, waivers, policy.now);
  emit({ type: 'check.result', finding });
  return finding;
}

function recallOne(check: Check, order: ChecksOrder): Finding | undefined {
  const found = order.recall?.(check);
  return found && conclude(found, order);
}

async function askOne(check: Check, order: ChecksOrder, started: number): Promise<Finding> {
  const { clock, emit, policy } = order;
  emit({ type: 'check.started', check: check.id, room: roomOf(check.id) });
  const startMs = clock.monotonic() - started;
  const answered = await askCheck(check, order);
  const measured = { at: clock.now(), startMs, durationMs: clock.monotonic() - started - startMs };
  return conclude(makeFinding(check, answered, measured, policy), order);
}

function inOrder(checks: readonly Check[], findings: readonly Finding[]): Finding[] {
  const byCheck = new Map(findings.map((finding) => [finding.check, finding]));
  return checks.flatMap(({ id }) => byCheck.get(id) ?? []);
}
