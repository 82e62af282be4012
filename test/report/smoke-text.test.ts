import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../src/domain/smoke/judge-endpoint.ts';
import { makePaint } from '../../src/report/color.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { toAscii } from '../../src/report/glyphs.ts';
import { type SmokeStory, saySmoke } from '../../src/report/smoke-text.ts';

type Seen = SmokeStory['endpoints'][number];

const look = (ascii: boolean, color = false) => ({ paint: makePaint(color), ascii, columns: 80 });
const seen = (change: Partial<Seen> = {}): Seen => ({
  endpoint: 'GET /health',
  state: 'pass',
  n: 20,
  errors: 0,
  p95Ms: 61,
  maxMs: 88,
  said: 'ok',
  p95Judged: 'here',
  errorVerdict: 'watch',
  limits: { p95Ms: 100, maxMs: 200, errorPercent: 0.1 },
  ...change,
});
const checkout = seen({
  endpoint: 'POST /api/payments/create-checkout',
  state: 'fail',
  errors: 3,
  p95Ms: 690,
  maxMs: 1420,
  said: '3 of 20 wrong: HTTP 500',
  limits: { p95Ms: 500, maxMs: 1000, errorPercent: 1 },
});
const notRun = seen({ state: 'unknown', n: 0, p95Ms: null, maxMs: null, said: 'needs thingId' });
const story = (change: Partial<SmokeStory> = {}): SmokeStory => ({
  title: 'release smoke v2.1.0',
  env: 'production',
  url: 'https://rur2-production.replit.app',
  isProtected: true,
  call: 'no-go',
  requests: 280,
  tookMs: 18_000,
  endpoints: [seen(), checkout, notRun],
  left: [],
  kept: [],
  data: { state: 'not-asked', why: 'no database is configured' },
  ...change,
});

const ms = fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: null });
const endpoint = fc.record({
  endpoint: fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme-ascii' }),
  state: fc.constantFrom<EndpointState>('pass', 'close', 'fail', 'unknown', 'skip'),
  n: fc.integer({ min: 0, max: 1000 }),
  p95Ms: ms,
  maxMs: ms,
  said: fc.string({ maxLength: 300 }),
});
const stories = fc.record({
  endpoints: fc.array(endpoint.map(seen), { maxLength: 99 }),
  call: fc.constantFrom<SmokeStory['call']>('go', 'hold', 'no-go'),
  tookMs: fc.integer({ min: 0, max: 600_000 }),
  requests: fc.integer({ min: 0, max: 99_999 }),
  url: fc.webUrl(),
  left: fc.array(
    fc.array(fc.stringMatching(/^[!-~]{1,30}$/), { minLength: 1, maxLength: 9 }).map((all) => all.join(' ')),
  ),
});

describe('the screen of the smoke tests', () => {
  it('shows n, P95, max and errors beside their limits, and what was wrong', () => {
    expect(saySmoke(story({ left: ['DELETE /api/assessments/4512'] }), look(false))).toMatchInlineSnapshot(`
      "release smoke v2.1.0                       PRODUCTION   rur2-production.replit.…

        endpoint                              n  p95 ms limit   max limit errors limit
        ✔ GET /health                        20      61   100    88   200    0 % 0.1 %
        ✖ POST /api/payments/create-check…   20     690   500  1420  1000   15 %   1 %
            3 of 20 wrong: HTTP 500
        ? GET /health                         0       –   100     –   200      – 0.1 %
            needs thingId
        data   not compared: no database is configured

        FAILED   1 failed · 1 not known · 1 as expected · 18 s · 280 requests
        ▲ could not be deleted: DELETE /api/assessments/4512

        Not proven by so few requests: a share of errors this small; release watch
        judges it by traffic."
    `);
  });

  it('fits 80 columns, whatever it has to say, with and without ASCII and colour', () => {
    fc.assert(
      fc.property(stories, fc.boolean(), (change, color) => {
        for (const ascii of [false, true]) {
          const text = saySmoke(story(change), look(ascii, color));
          const shown = ascii ? toAscii(text) : text;
          for (const line of shown.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
        }
      }),
    );
  });

  it('puts every figure under its title', () => {
    for (const ascii of [false, true]) {
      const lines = saySmoke(story({ endpoints: [seen()] }), look(ascii)).split('\n');
      const titles = lines.find((line) => line.includes('endpoint')) ?? '';
      const figures = lines.find((line) => line.includes('GET /health')) ?? '';
      expect(titles.length).toBe(figures.length);
      for (const [name, value] of [
        ['p95 ms', '61'],
        ['max', '88'],
        [' n', '20'],
      ] as const)
        expect(figures.indexOf(` ${value} `) + 1 + value.length).toBe(
          titles.indexOf(` ${name} `) + 1 + name.length,
        );
    }
  });

  it('never shows a number where nothing was measured', () => {
    const line = saySmoke(story({ endpoints: [notRun] }), look(false)).split('\n')[3];
    expect(line).toMatch(/ 0 +– +100 +– +200 +– +0\.1 %$/);
  });

  it('E-72: lists what could not be deleted, all of it', () => {
    const left = ['DELETE /things/1', 'checkout session cs_1 at Stripe'];
    const text = saySmoke(story({ left }), look(false));
    for (const one of left) expect(text).toContain(`▲ could not be deleted: ${one}`);
  });

  it.each([
    ['go', 'HEALTHY'],
    ['hold', 'INCONCLUSIVE'],
    ['no-go', 'FAILED'],
  ] as const)('says %s as one word', (call, word) => {
    expect(saySmoke(story({ call }), look(false))).toContain(
      `${word}   1 failed · 1 not known · 1 as expected`,
    );
  });
});
