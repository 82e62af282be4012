import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTick, writeTick } from '../../../src/domain/watch/read-tick.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';

const at = Date.UTC(2025, 9, 1, 14, 25);
const line = (fields: object): Tick | string =>
  readTick(JSON.stringify({ at: '2025-10-01T14:25:00Z', ...fields }));

describe('a line of a tick file', () => {
  it.each([
    [
      { metric: 'p95-ms', value: 1 },
      { at, metric: 'p95-ms', series: 'all', source: 'file', value: 1 },
    ],
    [
      { metric: 'm', series: 's', source: 'x', value: '2.5', n: 9 },
      { at, metric: 'm', series: 's', source: 'x', value: 2.5, n: 9 },
    ],
    [
      { metric: 'm', value: null },
      { at, metric: 'm', series: 'all', source: 'file', value: null },
    ],
    [
      { metric: 'm', value: '+Inf' },
      { at, metric: 'm', series: 'all', source: 'file', value: Number.POSITIVE_INFINITY },
    ],
    [
      { metric: 'm', value: 'NaN' },
      { at, metric: 'm', series: 'all', source: 'file', value: Number.NaN },
    ],
    [
      { metric: 'm', k: 1, n: 20 },
      { at, metric: 'm', series: 'all', source: 'file', k: 1, n: 20 },
    ],
    [
      { metric: 'm', baseline: 180 },
      { at, metric: 'm', series: 'all', source: 'file', baseline: 180 },
    ],
    [{ mark: 'open' }, { at, mark: 'open' }],
    [
      { metric: 'm', source: 'x', expected: true },
      { at, metric: 'm', source: 'x', expected: true },
    ],
  ])('%j is read', (fields, tick) => {
    expect(line(fields)).toEqual(tick);
  });

  it('takes seconds since 1970, as Prometheus tells them', () => {
    expect(readTick('{"at":1759328700.123,"mark":"tick"}')).toEqual({ at: 1759328700123, mark: 'tick' });
  });

  it.each([
    ['', 'no JSON'],
    ['{"at":', 'no JSON'],
    ['[1]', 'must be a JSON object'],
    ['{}', '"at" must be a time'],
    ['{"at":"2025-10-01T14:25:00","mark":"open"}', 'with its zone'],
    ['{"at":1,"mark":"opened"}', 'one of live, open, gap, doubt, sure, end, tick'],
    ['{"at":1}', '"metric" must be'],
    ['{"at":1,"metric":"m"}', 'needs "value"'],
    ['{"at":1,"metric":"m","value":"fast"}', 'needs "value"'],
    ['{"at":1,"metric":"m","k":2,"n":1}', 'k not above n'],
    ['{"at":1,"metric":"m","k":-1,"n":1}', 'two counts'],
    ['{"at":1,"metric":"m","k":1}', 'two counts'],
    ['{"at":1,"metric":"m","k":1e308,"n":1e308}', 'two counts'],
    ['{"at":1,"metric":"m","value":1,"n":0.5}', '"n" must be a count'],
    ['{"at":1,"metric":"m","value":1,"n":1e300}', '"n" must be a count'],
    ['{"at":1e15,"mark":"open"}', '"at" must be a time'],
    ['{"at":-1e300,"mark":"open"}', '"at" must be a time'],
    ['{"at":1,"metric":"m","baseline":"x"}', '"baseline" must be a number'],
  ])('%s: %s', (text, said) => {
    expect(readTick(text)).toContain(said);
  });

  it('says nothing of a line but what is wrong with it: it is foreign text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 5 }), (text) => {
        expect(readTick(`x${text}`)).toBe('is no JSON');
      }),
    );
    expect(readTick('{"at":1,"metric":"m","value":"hunter2"}')).not.toContain('hunter2');
  });

  it('is written so that it reads the same', () => {
    const tick: Tick = { at, metric: 'm', series: 's', source: 'x', k: 3, n: 9 };
    expect(readTick(writeTick(tick))).toEqual(tick);
    const endless: Tick = { at, metric: 'm', series: 's', source: 'x', value: Number.POSITIVE_INFINITY };
    expect(readTick(writeTick(endless))).toEqual(endless);
  });

  it('takes no text to the terminal that could write there what it wants', () => {
    const line = {
      at: 1,
      metric: 'm',
      series: 'GET /\u001b[2J\u001b]0;x\u0007a\nb',
      source: '\u001b[31m',
      value: 1,
    };
    expect(readTick(JSON.stringify(line))).toMatchObject({ series: 'GET /a b', source: 'file' });
  });
});
