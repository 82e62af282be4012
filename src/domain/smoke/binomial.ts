/**
 * Probability of at most `k` hits in `n` tries with the probability `p` each. Summed from the logarithms of the single
 * terms, so that it stays exact for thousands of tries.
 */
export function atMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const step = Math.log(p) - Math.log1p(-p);
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; i += 1) {
    term += step + Math.log(n - i + 1) - Math.log(i);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}
