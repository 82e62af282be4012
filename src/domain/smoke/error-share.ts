import { chanceOfAtMost } from '../statistics/binomial.ts';

const DOUBT = 0.05;

/** The highest share of errors, in percent, that `errors` of `n` still allow; 100 for no samples. */
export function highestShare(errors: number, n: number): number {
  if (n === 0 || errors >= n) return 100;
  let [low, high] = [errors / n, 1];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(errors, n, middle) > DOUBT) low = middle;
    else high = middle;
  }
  return high * 100;
}

/** Clean samples that prove a share of errors below the limit: 2995 for 0.1 %, 149 for 2 % (E-24). */
export const cleanToProve = (limitPercent: number): number =>
  Math.ceil(Math.log(DOUBT) / Math.log1p(-limitPercent / 100));

/**
 * `watch`: so few samples cannot show such a share, so that watching real traffic has to. A share that was seen to be over the
 * limit fails, however few they are: nobody lets users in behind a wrong answer.
 */
export type ShareVerdict = 'pass' | 'fail' | 'watch';

export function judgeShare(errors: number, n: number, limitPercent: number): ShareVerdict {
  if (n > 0 && (errors / n) * 100 > limitPercent) return 'fail';
  return highestShare(errors, n) <= limitPercent ? 'pass' : 'watch';
}
