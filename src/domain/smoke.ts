import { nearestRank } from './percentile.ts';

/** One timed answer of one endpoint. */
export interface Sample {
  readonly tookMs: number;
  /** What was wrong with the answer; undefined when it was as expected. */
  readonly wrong?: string;
}

/** Whether a call changes data. One that does not say so is sent many times only when its method cannot change any. */
export const doesWrite = ({
  method,
  writes,
}: {
  readonly method: string;
  readonly writes?: boolean | undefined;
}): boolean => writes ?? method !== 'GET';

/** Limits of one endpoint (PER rows). Max is twice P95 when the runbook gives none (E-80). */
export interface EndpointLimits {
  readonly p95Ms: number;
  readonly maxMs: number;
  readonly errorPercent: number;
}

/** `close`: as expected, but near a limit. `unknown`: was not, or not often enough, asked. */
export type EndpointState = 'pass' | 'close' | 'fail' | 'unknown' | 'skip';

export interface EndpointVerdict {
  readonly state: EndpointState;
  readonly n: number;
  readonly errors: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
  readonly said: string;
}

interface Rule {
  readonly limits: EndpointLimits;
  /** Fewer samples than this prove no percentile; 1 for calls that write, which are judged by max alone. */
  readonly needed: number;
  readonly closePercent: number;
}

const round = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms));

/**
 * Judges one endpoint by nearest-rank P95, max and errors. Too few samples are `unknown`, never a pass (E-24).
 */
export function judgeEndpoint(samples: readonly Sample[], rule: Rule): EndpointVerdict {
  const times = samples.map((sample) => sample.tookMs);
  const wrong = samples.filter((sample) => sample.wrong !== undefined);
  const p95 = rule.needed > 1 ? nearestRank(times, 0.95) : undefined;
  const max = nearestRank(times, 1);
  const facts = {
    n: samples.length,
    errors: wrong.length,
    p50Ms: round(nearestRank(times, 0.5)),
    p95Ms: round(p95),
    maxMs: round(max),
  };
  return { ...facts, ...sayVerdict(samples, wrong, p95, max, rule) };
}

function sayVerdict(
  samples: readonly Sample[],
  wrong: readonly Sample[],
  p95: number | undefined,
  max: number | undefined,
  { limits, needed, closePercent }: Rule,
): Pick<EndpointVerdict, 'state' | 'said'> {
  if (samples.length === 0) return { state: 'unknown', said: 'not run' };
  if ((wrong.length / samples.length) * 100 > limits.errorPercent) {
    return { state: 'fail', said: `${wrong.length} of ${samples.length} wrong: ${wrong[0]?.wrong}` };
  }
  if (max !== undefined && max > limits.maxMs)
    return { state: 'fail', said: `max ${Math.round(max)} ms is over ${limits.maxMs} ms` };
  if (p95 !== undefined && p95 > limits.p95Ms)
    return { state: 'fail', said: `P95 ${Math.round(p95)} ms is over ${limits.p95Ms} ms` };
  if (samples.length < needed)
    return { state: 'unknown', said: `${samples.length} of ${needed} samples: no P95` };
  const share = Math.max((p95 ?? 0) / limits.p95Ms, (max ?? 0) / limits.maxMs) * 100;
  return share >= closePercent
    ? { state: 'close', said: `${Math.round(share)} % of a limit` }
    : { state: 'pass', said: 'ok' };
}

/** The whole suite: any fail is no-go, any unknown is hold, nothing asked is no-go. */
export function judgeSuite(states: readonly EndpointState[]): 'go' | 'hold' | 'no-go' {
  const asked = states.filter((state) => state !== 'skip');
  if (asked.length === 0 || asked.includes('fail')) return 'no-go';
  return asked.includes('unknown') ? 'hold' : 'go';
}
