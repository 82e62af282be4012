/** Lanczos, nine terms: good to 15 digits. */
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const z = x - 1;
  const sum = LANCZOS.reduce((all, part, i) => all + part / (z + i + 1), 0.9999999999998099);
  const t = z + LANCZOS.length - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const TINY = 1e-300;
const CLOSE = 1e-15;
const awayFromZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** Lentz's continued fraction of the incomplete beta function. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let all = d;
  for (let m = 1; m <= 1000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    all *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    all *= d * c;
    if (Math.abs(d * c - 1) < CLOSE) break;
  }
  return all;
}

/** Regularised incomplete beta function. */
function betaShare(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/** Probability of k or more hits in n tries, each with probability p. */
export const chanceOfAtLeast = (k: number, n: number, p: number): number =>
  k <= 0 ? 1 : k > n ? 0 : betaShare(k, n - k + 1, p);

/** Probability of at most k hits. */
export const chanceOfAtMost = (k: number, n: number, p: number): number =>
  k < 0 ? 0 : 1 - chanceOfAtLeast(k + 1, n, p);

function bisect(isBelow: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** One minus the confidence of every one-sided bound (benchmarks 4.5). */
const DOUBT = 0.05;

/** Samples that prove a percentile to be below a limit when none of them is over it: 59 for the 95th, 299 for the 99th. */
export const samplesToProve = (percentile: number): number =>
  Math.ceil(Math.log(DOUBT) / Math.log(percentile / 100));

/** Largest share that k of n rules out from below with 95 % confidence (Clopper–Pearson, one side). 0 for k = 0. */
export const lowerBound = (k: number, n: number): number =>
  k <= 0 ? 0 : bisect((p) => chanceOfAtLeast(k, n, p) < DOUBT);

/** Smallest share that k of n rules out from above with 95 % confidence. 1 when all of them are hits, or n is 0. */
export const upperBound = (k: number, n: number): number =>
  k >= n ? 1 : bisect((p) => chanceOfAtMost(k, n, p) > DOUBT);

const shows = (k: number, n: number, p: number): boolean => k / n > p && chanceOfAtLeast(k, n, p) < DOUBT;

/** The smallest k of n that shows a share above p; n + 1 where none does. The more hits, the surer. */
function leastAbove(n: number, p: number): number {
  let [low, high] = [0, n + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shows(middle, n, p)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Up to so many tries it is looked up: a watch asks the same few thousand questions a million times. */
const MOST_KNOWN = 4096;
const MOST_SHARES = 32;
const known = new Map<number, Uint16Array>();

function knownFor(p: number): Uint16Array {
  const found = known.get(p);
  if (found !== undefined) return found;
  if (known.size >= MOST_SHARES) known.clear();
  const made = new Uint16Array(MOST_KNOWN);
  known.set(p, made);
  return made;
}

/** Whether k of n show, with 95 % confidence, a share above p. */
export function isSurelyAbove(k: number, n: number, p: number): boolean {
  if (k <= 0 || k <= n * p - 1e-9) return false;
  if (n >= MOST_KNOWN) return shows(k, n, p);
  const table = knownFor(p);
  const least = table[n] || leastAbove(n, p);
  table[n] = least;
  return k >= least;
}
