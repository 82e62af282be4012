import { describe, expect, it } from 'vitest';
import { Attention } from '../../../src/cli/watch/attention.ts';

const MINUTE = 60_000;
const seen = (...at: readonly number[]): Attention => {
  const attention = new Attention();
  attention.take({ at: 0, mark: 'open' });
  for (const one of at)
    attention.take({ at: one * MINUTE, metric: 'm', series: 'all', source: 's', value: 1 });
  return attention;
};

describe('E-116: whether the whole of the monitoring was watched', () => {
  it('is so from a minute after users came, without a hole of more than five', () => {
    expect(seen(1, 6, 11).whyNotWhole('ok')).toBeUndefined();
  });

  it.each([
    [[2, 3], 'watched only from 2 min after users came'],
    [[1, 7, 8], 'nobody watched for 6 min'],
    [[], 'nothing was measured since users came'],
  ])('is not at %j', (at, said) => {
    expect(seen(...at).whyNotWhole('ok')).toMatch(said);
  });

  it('is not where a band above P3 fired', () => {
    const attention = seen(1, 2);
    expect(attention.whyNotWhole('P3')).toBeUndefined();
    expect(attention.whyNotWhole('hold')).toBe('hold fired in it');
    expect(attention.whyNotWhole('P2')).toBe('P2 fired in it');
  });

  it('is not where two versions answered for a while, though only one does by the end', () => {
    const attention = seen(1, 2);
    const polls = ['2 of 3 are old', '1 of 3 is old', undefined, undefined];
    for (const [i, said] of polls.entries()) attention.hear(i * 2 * MINUTE, said);
    expect(attention.whyNotWhole('ok')).toBe('both versions answered for 4 min');
    expect(attention.doubt).toBe('2 of 3 are old');
  });

  it('F68: is not where two versions still answered when the watch was killed, until that is over', () => {
    const attention = seen(1, 2);
    attention.take({ at: 3 * MINUTE, mark: 'doubt' });
    expect(attention.openDoubt()).toBe('more than one version answered');
    attention.take({ at: 9 * MINUTE, mark: 'gap' });
    attention.take({ at: 10 * MINUTE, mark: 'sure' });
    expect(attention.openDoubt()).toBeUndefined();
    expect(attention.whyNotWhole('ok')).toBe('both versions answered for 1 min');
  });

  it('is asked of the monitoring alone that was begun anew; only an open doubt goes on', () => {
    const attention = seen(1, 9);
    attention.take({ at: 20 * MINUTE, mark: 'open' });
    expect(attention.whyNotWhole('ok')).toBe('nothing was measured since it was begun anew');
    attention.take({ at: 22 * MINUTE, metric: 'm', series: 'all', source: 's', value: 1 });
    expect(attention.whyNotWhole('ok')).toBe('watched only from 2 min after it was begun anew');
    attention.take({ at: 23 * MINUTE, mark: 'doubt' });
    attention.take({ at: 40 * MINUTE, mark: 'open' });
    attention.take({ at: 40.5 * MINUTE, metric: 'm', series: 'all', source: 's', value: 1 });
    expect(attention.whyNotWhole('ok')).toMatch(/^both versions answered/);
    expect(attention.usersCame).toBe(0);
  });

  it.each([
    [0.5, undefined],
    [2, 'watched only from 2 min after users came'],
  ])('is known at its beginning, %d minutes after users came: %s', (minutes, why) => {
    expect(seen().whyAlready(minutes * MINUTE, 'ok')).toBe(why);
  });

  it('is known when it is gone on with after a hole', () => {
    expect(seen(1, 2).whyAlready(6 * MINUTE, 'ok')).toBeUndefined();
    expect(seen(1, 2).whyAlready(8 * MINUTE, 'ok')).toBe('nobody watched for 6 min');
  });
});

describe('RBX-6.5: when the watching was last broken', () => {
  it('is the end of the last hole of more than five minutes, or the last moment of doubt', () => {
    expect(seen(1, 6, 11).brokenAt).toBe(0);
    const attention = seen(1, 8, 9);
    expect(attention.brokenAt).toBe(8 * MINUTE);
    attention.hear(12 * MINUTE, '1 of 3 is old');
    attention.hear(13 * MINUTE, undefined);
    expect(attention.brokenAt).toBe(12 * MINUTE);
  });
});
