import { type EndpointVerdict, judgeEndpoint } from '../../../domain/smoke/judge-endpoint.ts';
import {
  countKinds,
  doesWrite,
  type EndpointLimits,
  type ErrorKind,
  type Sample,
} from '../../../domain/smoke/sample.ts';
import type { Runbook } from '../../../kit.ts';
import type { Call } from './call.ts';
import type { Passed } from './first-pass.ts';
import type { Sampled } from './take-samples.ts';

export type EndpointReport = EndpointVerdict & {
  readonly id: string;
  readonly row: string;
  readonly endpoint: string;
  readonly limits: EndpointLimits;
  readonly errorKinds: Readonly<Partial<Record<ErrorKind, number>>>;
  /** First answer, with its connection; in no figure (benchmarks T2, T16). */
  readonly coldMs: number | null;
  readonly p95Judged: 'here' | 'watch';
};

const findLimits = ({ budgets }: Runbook, { budget }: Call): EndpointLimits => {
  const { p95Ms = 1000, maxMs, errorPercent = 0 } = budgets[budget] ?? {};
  return { p95Ms, maxMs: maxMs ?? p95Ms * 2, errorPercent };
};

/**
 * Samples of one call. The first answer of a call that is sampled counts where it was wrong, and never by its time: it was cold.
 * One that is sent a few times has no better.
 */
function gather(call: Call, { sample }: Passed, more: readonly Sample[]): readonly Sample[] {
  if (sample === undefined) return [];
  if (doesWrite(call) || sample.wrong !== undefined || more.length === 0) return [sample, ...more];
  return more;
}

const finite = (ms: number | undefined): number | null =>
  ms === undefined || !Number.isFinite(ms) ? null : Math.round(ms * 10) / 10;

/** One call, judged. */
export function reportCall(
  call: Call,
  passed: Passed,
  sampled: Sampled,
  runbook: Runbook,
  p95: 'here' | 'watch',
): EndpointReport {
  const limits = findLimits(runbook, call);
  const samples = gather(call, passed, sampled.samples.get(call.id) ?? []);
  const p95Judged = doesWrite(call) ? 'watch' : p95;
  const closePercent = runbook.smoke?.closePercent ?? 90;
  const verdict = judgeEndpoint(samples, { limits, closePercent, p95: p95Judged });
  return {
    ...verdict,
    ...(passed.isLeftOut === true ? { state: 'skip' as const } : {}),
    ...(passed.notRun === undefined ? {} : { said: passed.notRun }),
    id: call.id,
    row: call.row,
    endpoint: `${call.method} ${call.path}`,
    limits,
    errorKinds: countKinds(samples),
    coldMs: finite(sampled.coldMs[call.id] ?? passed.sample?.tookMs),
    p95Judged,
  };
}
