import { seconds } from '../duration.ts';
import { samplesToProve } from '../statistics/binomial.ts';
import { LOOK_BACK_MS } from './counts.ts';
import { type Feed, isFresh, readingOf, samplesOf } from './feed.ts';
import type { Rule } from './rule.ts';

/**
 * off: nobody uses it yet. unmeasured: it need not be known, and is not, or on too few samples. unknown: no source tells, or one does not or has
 * gone silent. thin: too few samples. measured: the level rests on readings.
 */
export type Knowledge = 'off' | 'unmeasured' | 'unknown' | 'thin' | 'measured';

/** What one source tells a rule; `aside`: nothing that the rule can compare with anything. */
export type Telling = 'never' | 'silent' | 'nothing' | 'uncounted' | 'thin' | 'measured' | 'aside';

/** One source of a rule's metric. No feed: it is expected to tell, and has not told once. */
export interface Heard {
  readonly source: string;
  readonly feeds: Feed[];
  telling: Telling;
}

export const makeHeard = (source: string): Heard => ({ source, feeds: [], telling: 'never' });

/** What knowledge rests on beside the readings. */
interface Ground {
  readonly at: number;
  readonly scaleOf: (rule: Rule, of: Pick<Feed, 'series' | 'source'>) => number | undefined;
}

const isKnown = (feed: Feed, rule: Rule, at: number): boolean =>
  isFresh(feed, at) && (readingOf(feed, rule) !== undefined || feed.counts !== undefined);

/** A source that nobody uses has answered, and shown nothing. */
const isThin = ({ minSamples, percentile }: Rule, samples: number, counts: boolean): boolean =>
  samples < minSamples ||
  (counts && samples === 0) ||
  (percentile !== undefined && samples < samplesToProve(percentile));

function listen({ feeds }: Heard, rule: Rule, { at, scaleOf }: Ground): Telling {
  if (feeds.length === 0) return 'never';
  let last = Number.NEGATIVE_INFINITY;
  let samples = 0;
  let known = 0;
  let comparable = 0;
  let counts = false;
  let counted = 0;
  for (const feed of feeds) {
    last = Math.max(last, feed.at);
    if (scaleOf(rule, feed) === undefined) continue;
    comparable += 1;
    if (!isKnown(feed, rule, at)) continue;
    known += 1;
    counts ||= feed.counts !== undefined;
    const n = samplesOf(feed);
    if (n !== undefined) counted += 1;
    samples += n ?? 0;
  }
  if (comparable === 0) return 'aside';
  if (at - last > seconds(rule.freshSeconds)) return 'silent';
  // What is too old to be carried on is silence, and not an answer without a value.
  if (known === 0) return at - last >= LOOK_BACK_MS ? 'silent' : 'nothing';
  if (!isThin(rule, samples, counts)) return 'measured';
  return counted === 0 ? 'uncounted' : 'thin';
}

const isFew = ({ telling }: Heard): boolean => telling === 'thin' || telling === 'uncounted';
const isTold = (one: Heard): boolean => one.telling === 'measured' || isFew(one);

/**
 * What a rule knows. Sources are heard apart: what one of them tells does not stand for another that tells nothing, and its
 * samples are not the other's.
 */
export function judgeKnowledge(heard: readonly Heard[], rule: Rule, ground: Ground): Knowledge {
  let counted = 0;
  let told = 0;
  let thin = 0;
  for (const one of heard) {
    one.telling = listen(one, rule, ground);
    if (one.telling === 'aside') continue;
    counted += 1;
    if (isTold(one)) told += 1;
    if (isFew(one)) thin += 1;
  }
  if (counted === 0) return rule.needed ? 'unknown' : 'unmeasured';
  if (told < counted) return 'unknown';
  if (thin === 0) return 'measured';
  // Too little was measured to say anything: a rule that need not be measured waits for no more. A silent source is broken, for any rule.
  return rule.needed ? 'thin' : 'unmeasured';
}
