import type { Clock } from '../domain/clock.ts';
import type { Finding, Gate, Waiver } from '../domain/finding.ts';
import { judgeFindings, type Verdict } from '../domain/verdict.ts';
import type { Check, Policy, ServiceName, Services } from '../kit.ts';
import { type Answered, askCheck, DEFAULT_TIMEOUT_MS } from './ask-check.ts';
import { chooseChecks } from './choose-checks.ts';
import type { Emit } from './events.ts';
import { makeLanes } from './lanes.ts';

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
  /** Probes of one service at a time. */
  readonly width?: number;
}

export interface ChecksAnswer {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly absent: readonly { readonly check: string; readonly why: string }[];
  /** True when a probe failed because a secret is missing or was refused: the command exits 4. */
  readonly needsCredentials: boolean;
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
  const asked = chosen.asked.map((check) =>
    lanes.run(check.needs, async () => {
      emit({ type: 'check.started', check: check.id, room: roomOf(check.id) });
      const from = clock.monotonic() - started;
      const answered = await askCheck(check, order);
      const finding = makeFinding(check, answered, from, clock.monotonic() - started - from, order);
      emit({ type: 'check.result', finding });
      return { finding, credentials: answered.credentials === true };
    }),
  );
  const answers = await Promise.all(asked);
  const skipped = chosen.skipped.map((check) => skippedFinding(check));
  const findings = inOrder(checks, [...answers.map((one) => one.finding), ...skipped]);
  const verdict = judgeFindings(
    findings,
    chosen.skipped.map((check) => check.id),
  );
  emit({ type: 'gate.decided', gate, verdict });
  const needsCredentials = answers.some((one) => one.credentials);
  return {
    findings,
    verdict,
    absent: chosen.absent,
    needsCredentials,
    wallMs: Math.round(clock.monotonic() - started),
  };
}

const roomOf = (id: string): string => id.split('.')[0] ?? id;

const inOrder = (checks: readonly Check[], findings: readonly Finding[]): Finding[] =>
  checks.flatMap((check) => findings.filter((finding) => finding.check === check.id));

function makeFinding(
  check: Check,
  answered: Answered,
  startMs: number,
  durationMs: number,
  order: ChecksOrder,
): Finding {
  const waived = findWaiver(check.id, order);
  const { outcome, said, remedy, evidence, holds } = answered;
  return {
    ...describe(check),
    outcome,
    said,
    ...(remedy === undefined ? {} : { remedy }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(outcome === 'fail' && holds === true ? { holds } : {}),
    startMs: Math.round(startMs),
    durationMs: Math.round(durationMs),
    ...(waived && (outcome === 'fail' || outcome === 'unknown') ? { waived } : {}),
  };
}

const describe = (check: Check) => ({
  check: check.id,
  title: check.title,
  room: roomOf(check.id),
  runbook: [check.runbook].flat(),
  weight: check.weight ?? ('blocker' as const),
  timeoutMs: check.timeoutMs ?? DEFAULT_TIMEOUT_MS,
});

const skippedFinding = (check: Check): Finding => ({
  ...describe(check),
  outcome: 'skip',
  said: 'left out by --skip',
  startMs: 0,
  durationMs: 0,
});

const DAY_MS = 86_400_000;

/** A day without a time means all of that day (UTC); a moment that cannot be read has passed. */
function isOver(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
  return !(Date.parse(until) + (isDay ? DAY_MS - 1 : 0) >= now.getTime());
}

/** A waiver whose time has passed demotes nothing. */
const findWaiver = (id: string, { waivers = [], policy }: ChecksOrder): Waiver | undefined =>
  waivers.find((one) => one.check === id && !isOver(one.until, policy.now));
