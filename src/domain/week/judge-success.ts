import { type Level, rankOf } from '../watch/rule.ts';

/** above: something over its limit. unknown: what had to be known was not, or nobody could look. */
export type LookVerdict = 'clean' | 'above' | 'unknown' | 'missed';

/** One look, or that there was none. */
export interface Looked {
  /** After users came. */
  readonly hour: number;
  readonly verdict: LookVerdict;
  /** The worst that was measured. */
  readonly level: Level;
  readonly said: string;
}

/** Where a complete release stands on its way to a successful one (SUC-08, E-116). */
export type Success =
  | { readonly state: 'proving'; readonly clean: number; readonly needed: number }
  | { readonly state: 'proven' }
  | { readonly state: 'not'; readonly why: readonly string[] };

const isSevere = ({ level }: Looked): boolean => rankOf(level) >= rankOf('P1');

const inOrder = (looks: readonly Looked[]): readonly Looked[] => [...looks].sort((a, b) => a.hour - b.hour);

const isSame = (a: Looked, b: Looked | undefined): boolean =>
  b !== undefined && a.verdict === b.verdict && a.said === b.said;

/** Hours that follow one another and have the same to say are said once. */
function sayHours(looks: readonly Looked[]): string[] {
  const said: string[] = [];
  for (let i = 0; i < looks.length; ) {
    const first = looks[i] as Looked;
    let last = i;
    while (isSame(first, looks[last + 1]) && looks[last + 1]?.hour === (looks[last]?.hour ?? 0) + 1)
      last += 1;
    const hours = last === i ? `hour ${first.hour}` : `hours ${first.hour} to ${looks[last]?.hour}`;
    const word = first.verdict === 'above' ? first.level : first.verdict;
    said.push(`${hours} ${word}${first.said === '' ? '' : `: ${first.said}`}`);
    i = last + 1;
  }
  return said;
}

/**
 * Successful is a release of which every needed hour was looked at and found clean, and in which no P0 or P1 was. An hour
 * of which nothing is known is not clean, however many others are. A later look counts as well when it saw a P0 or P1: what is
 * declared late must be true when it is. `needed`: hours; `troubles`: in words, whatever else speaks against it.
 */
export function judgeSuccess(
  needed: readonly number[],
  looks: readonly Looked[],
  troubles: readonly string[],
): Success {
  const own = looks.filter(({ hour }) => needed.includes(hour));
  const bad = looks.filter((look) => (own.includes(look) ? look.verdict !== 'clean' : isSevere(look)));
  if (bad.length > 0 || troubles.length > 0)
    return { state: 'not', why: [...sayHours(inOrder(bad)), ...troubles] };
  if (own.length < needed.length) return { state: 'proving', clean: own.length, needed: needed.length };
  return { state: 'proven' };
}
