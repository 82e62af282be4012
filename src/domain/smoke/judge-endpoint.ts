import { nearestRank } from '../percentile.ts';
import { highestShare, judgeShare, type ShareVerdict } from './error-share.ts';
import { judgeP95, type P95Verdict, rankInterval } from './p95.ts';
import { type EndpointLimits, isDisturbed, type Sample, sureMs } from './sample.ts';

/** `close`: as expected, but near a limit. `unknown`: was not, or not often enough, asked. */
export type EndpointState = 'pass' | 'close' | 'fail' | 'unknown' | 'skip';

export interface EndpointVerdict {
  readonly state: EndpointState;
  readonly n: number;
  readonly errors: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Between these two the true P95 lies in 19 of 20 cases; null where so few samples set no bound. */
  readonly ci95Ms: readonly [number | null, number | null];
  readonly maxMs: number | null;
  /** Samples over the P95 limit; those without an answer among them. */
  readonly overLimit: number;
  /** What is proven of errors, Max and P95 together; for a P95 that is not judged here `inconclusive`. */
  readonly verdict: P95Verdict;
  /** So many samples would settle the P95 with this share of them over its limit. */
  readonly needed: number;
  /** `watch`: so few samples cannot show this share of errors. */
  readonly errorVerdict: ShareVerdict;
  /** Highest share of errors in percent that the samples still allow. */
  readonly errorsUpTo: number;
  /** Samples that the prober disturbed: they are in no figure, unless most of all were. */
  readonly discarded: number;
  readonly said: string;
}

export interface EndpointRule {
  readonly limits: EndpointLimits;
  /** `watch`: it is proven by traffic, because the call may not be sent often enough, or because its owner says so. */
  readonly p95: 'here' | 'watch';
  readonly closePercent: number;
}

const tenth = (ms: number | undefined): number | null =>
  ms === undefined || ms === Number.POSITIVE_INFINITY ? null : Math.round(ms * 10) / 10;

const say = (ms: number): string => (Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'no answer');

interface Seen {
  readonly n: number;
  readonly wrong: readonly Sample[];
  /** Times that are shown, smallest first: the undisturbed ones, where they are not few. */
  readonly times: readonly number[];
  readonly disturbed: number;
  /** Tries that were cut off by the end of the suite. */
  readonly cut: number;
  readonly p95: number | undefined;
  /** Longest time that the application surely took, and that it may have taken. */
  readonly max: { readonly sure: number; readonly seen: number };
  readonly over: number;
  readonly p95Verdict: P95Verdict;
  readonly needed: number;
}

function look(samples: readonly Sample[], { limits }: EndpointRule): Seen {
  const count = (ms: (one: Sample) => number): number =>
    samples.filter((one) => ms(one) > limits.p95Ms).length;
  const over = count(({ tookMs }) => tookMs);
  const { verdict, needed } = judgeP95(over, samples.length, count(sureMs));
  const clear = samples.filter((one) => !isDisturbed(one));
  // A prober that was busy nearly all the time has nothing better to show: times that were this long at the most.
  const shown = clear.length * 2 >= samples.length ? clear : samples;
  const times = shown.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const largest = (ms: (one: Sample) => number): number =>
    samples.reduce((max, one) => Math.max(max, ms(one)), 0);
  return {
    n: samples.length,
    wrong: samples.filter((sample) => sample.wrong !== undefined),
    times,
    disturbed: samples.length - clear.length,
    cut: samples.filter(({ cutAfterMs }) => cutAfterMs !== undefined).length,
    p95: nearestRank(times, 0.95),
    max: { sure: largest(sureMs), seen: largest(({ tookMs }) => tookMs) },
    over,
    p95Verdict: verdict,
    needed,
  };
}

function findInterval(times: readonly number[]): readonly [number | null, number | null] {
  const at = (rank: number | undefined): number | null =>
    rank === undefined ? null : tenth(times[rank - 1]);
  if (times.length === 0) return [null, null];
  const [low, high] = rankInterval(times.length);
  return [at(low), at(high)];
}

/**
 * Judges one endpoint by errors, Max and P95, in this order. The P95 is judged by how many samples are over its limit, never by
 * its own value: too few samples are `unknown`, never a pass (E-24). A share of errors that so few samples cannot show is left
 * to `watch`, and said to be.
 */
export function judgeEndpoint(samples: readonly Sample[], rule: EndpointRule): EndpointVerdict {
  const seen = look(samples, rule);
  const { n, wrong, times, p95, over, needed } = seen;
  const { state, said } = sayVerdict(seen, rule);
  const proven = seen.p95Verdict === 'pass' ? 'pass' : 'inconclusive';
  return {
    state,
    said,
    n,
    errors: wrong.length,
    p50Ms: tenth(nearestRank(times, 0.5)),
    p95Ms: tenth(p95),
    ci95Ms: findInterval(times),
    maxMs: tenth(times.at(-1)),
    overLimit: over,
    verdict: state === 'fail' ? 'fail' : state === 'unknown' ? 'inconclusive' : proven,
    needed,
    errorVerdict: judgeShare(wrong.length, n, rule.limits.errorPercent),
    errorsUpTo: Math.round(highestShare(wrong.length, n) * 100) / 100,
    discarded: seen.disturbed,
  };
}

type Said = Pick<EndpointVerdict, 'state' | 'said'>;

function findFailure(
  { n, wrong, max, over, p95 = 0, p95Verdict }: Seen,
  rule: EndpointRule,
): Said | undefined {
  const { limits } = rule;
  if (judgeShare(wrong.length, n, limits.errorPercent) === 'fail')
    return { state: 'fail', said: `${wrong.length} of ${n} wrong: ${wrong[0]?.wrong}` };
  if (max.sure > limits.maxMs)
    return { state: 'fail', said: `max ${say(max.sure)} is over ${limits.maxMs} ms` };
  if (rule.p95 === 'here' && p95Verdict === 'fail') {
    const share = `${over} of ${n} over it`;
    return { state: 'fail', said: `P95 ${say(p95)}, limit ${limits.p95Ms} ms: ${share}` };
  }
  return undefined;
}

function findDoubt({ n, cut, max, over, p95Verdict, needed }: Seen, rule: EndpointRule): Said | undefined {
  const { limits } = rule;
  if (cut > 0)
    return { state: 'unknown', said: `the time was over before ${cut} of ${n} answers came: measure again` };
  if (max.seen > limits.maxMs)
    return { state: 'unknown', said: `this machine was busy in a sample of ${say(max.seen)}: measure again` };
  if (rule.p95 === 'watch' || p95Verdict === 'pass') return undefined;
  const share = over === 0 ? `${n} samples` : `${over} of ${n} samples over ${limits.p95Ms} ms`;
  return { state: 'unknown', said: `P95 not proven by ${share}: ${needed} are needed` };
}

function sayVerdict(seen: Seen, rule: EndpointRule): Said {
  const { limits, closePercent } = rule;
  if (seen.n === 0) return { state: 'unknown', said: 'not run' };
  const p95 = rule.p95 === 'here' ? (seen.p95 ?? 0) : 0;
  const share = Math.max(p95 / limits.p95Ms, seen.max.sure / limits.maxMs) * 100;
  const calm: Said =
    share >= closePercent
      ? { state: 'close', said: `${Math.round(share)} % of a limit` }
      : { state: 'pass', said: 'ok' };
  return findFailure(seen, rule) ?? findDoubt(seen, rule) ?? calm;
}
