import { upperBound } from '../statistics/binomial.ts';
import type { Sum } from './counts.ts';
import { shareOf } from './judge-band.ts';
import type { RuleState } from './judge-rule.ts';
import { type Band, isWorse, type Phase, type Rule } from './rule.ts';

/** What a rule of counts was shown to be, in percent: a share that is surely below `upTo`, where it has to be below `limit`. */
export interface Shown extends Sum {
  readonly rule: string;
  readonly upTo: number;
  readonly limit: number;
}

interface Ground {
  readonly phase: Phase;
  readonly scaleOf: (
    rule: Rule,
    of: { readonly series: string; readonly source: string },
  ) => number | undefined;
}

/** The mildest band that asks for people. */
const mildestOf = ({ bands }: Rule, phase: Phase): Band | undefined =>
  bands.find(({ level, during = phase }) => isWorse(level, 'P3') && during === phase);

/**
 * What all counts since users came show of a rule together; undefined where it has none. Of series with limits of their own each
 * has a part in the limit as large as its part in the requests.
 */
function showState({ rule, heard }: RuleState, { phase, scaleOf }: Ground): Shown | undefined {
  const band = mildestOf(rule, phase);
  if (band === undefined) return undefined;
  const all = { k: 0, n: 0, allowed: 0 };
  for (const feed of heard.flatMap(({ feeds }) => feeds)) {
    const scale = scaleOf(rule, feed);
    if (feed.counts === undefined || scale === undefined) continue;
    const { k, n } = feed.counts.total;
    all.k += band.from === undefined ? n - k : k;
    all.n += n;
    all.allowed += n * shareOf(band, scale);
  }
  if (all.n === 0) return undefined;
  const { k, n, allowed } = all;
  return { rule: rule.id, k, n, upTo: upperBound(k, n) * 100, limit: (allowed / n) * 100 };
}

/**
 * Rules of counts that are not known to be good: so few samples allow a share above the limit as well (E-24). Nothing of before
 * the last gap counts.
 */
export const listUnproven = (states: readonly RuleState[], ground: Ground): readonly Shown[] =>
  states.flatMap((state) => {
    const shown = state.rule.needed && state.knowledge !== 'off' ? showState(state, ground) : undefined;
    return shown === undefined || shown.upTo <= shown.limit ? [] : [shown];
  });
