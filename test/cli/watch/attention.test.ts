import { describe, expect, it } from 'vitest';
import { Attention } from '../../../src/cli/watch/attention.ts';
import type { Change } from '../../../src/domain/watch/change.ts';

const MINUTE = 60_000;
const seen = (...at: readonly number[]): Attention => {
  const attention = new Attention();
  attention.take({ at: 0, mark: 'open' });
  for (const one of at)
    attention.take({ at: one * MINUTE, metric: 'm', series: 'all', source: 's', value: 1 });
  return attention;
};
const fired = (severity: string): Change =>
  ({ severity, fired_at: '2025-10-01T14:00:00.000Z' }) as unknown as Change;

describe('E-116: whether the whole of the monitoring was watched', () => {
  it('is so from a minute after users came, without a hole of more than five', () => {
    expect(seen(1, 6, 11).whyNotWhole()).toBeUndefined();
  });

  it.each([
    [[2, 3], 'watched only from 2 min after users came'],
    [[1, 7, 8], 'nobody watched for 6 min'],
    [[], 'nothing was measured since users came'],
  ])('is not at %j', (at, said) => {
    expect(seen(...at).whyNotWhole()).toMatch(said);
  });

  it('is not where a band above P3 fired; P3 and what was not known are no such thing', () => {
    const attention = seen(1, 2);
    attention.note([fired('P3'), { ...fired('hold'), fired_at: null }]);
    expect(attention.whyNotWhole()).toBeUndefined();
    attention.note([fired('P2'), fired('ok')]);
    expect(attention.whyNotWhole()).toBe('P2 fired in it');
  });

  it('is not where two versions answered for a while, though only one does by the end', () => {
    const attention = seen(1, 2);
    const polls = ['2 of 3 are old', '1 of 3 is old', undefined, undefined];
    for (const [i, said] of polls.entries()) attention.hear(i * 2 * MINUTE, said);
    expect(attention.whyNotWhole()).toBe('both versions answered for 4 min');
    expect(attention.doubt).toBe('2 of 3 are old');
  });
});
