import { isWorse, type Level } from '../watch/rule.ts';
import { judgeTally, type Tally } from '../watch/tally.ts';
import type { Looked, LookVerdict } from './judge-success.ts';

/** What one look saw. */
export interface Seen {
  readonly tally: Tally;
  /** Rules that must be known and are not, at its end. */
  readonly unknown: readonly string[];
  /** Rules above P3 that fired in it. */
  readonly fired: readonly string[];
  /** Rules that build up at its end. */
  readonly building: readonly string[];
  /** Why nothing of this release could be seen; undefined: it could. */
  readonly other: string | undefined;
}

/** What a look that was taken came to. */
export type Judged = Omit<Looked, 'hour' | 'verdict'> & { readonly verdict: Exclude<LookVerdict, 'missed'> };

/**
 * A look is clean when all that must be known is measured and nothing above P3 fired or builds up. Something that is
 * above its limit is worse news than something unknown, so that it is told first.
 */
export function judgeLook({ tally, unknown, fired, building, other }: Seen): Judged {
  const level: Level = isWorse(tally.worst, 'P3') ? tally.worst : 'ok';
  if (level !== 'ok') return { verdict: 'above', level, said: fired.join(', ') };
  if (other !== undefined) return { verdict: 'unknown', level, said: other };
  if (unknown.length > 0) return { verdict: 'unknown', level, said: `not measured: ${unknown.join(', ')}` };
  const verdict = judgeTally({ ...tally, rolledBack: undefined }, true);
  if (verdict === 'healthy') return { verdict: 'clean', level: tally.worst, said: '' };
  const said = building.length > 0 ? `still building up: ${building.join(', ')}` : 'too little was measured';
  return { verdict: 'unknown', level, said };
}
