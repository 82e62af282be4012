import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Lane, MeasureOrder } from '../../src/services/web/port.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { makeWebSurroundings, withApp } from './web-world.ts';

const lane = (id: string, more: Partial<Lane> = {}): Lane => ({
  id,
  request: { method: 'GET', path: `/${id}` },
  expected: { status: [200], body: {} },
  times: 4,
  everyMs: 1,
  ...more,
});
const order = (lanes: readonly Lane[], more: Partial<MeasureOrder> = {}): MeasureOrder => ({
  lanes,
  forMs: 60_000,
  atOnce: 20,
  signal: new AbortController().signal,
  ...more,
});
const measure = (url: string, lanes: readonly Lane[], more: Partial<MeasureOrder> = {}) =>
  makeWeb(makeWebSurroundings(url)).measure('staging', order(lanes, more));

describe('the measuring of the application', () => {
  it('PER-01: sends each call so many times, and once before, to open its connection', async () => {
    const asked: Record<string, number> = {};
    const answer = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
      asked[url] = (asked[url] ?? 0) + 1;
      response.end('{"ok":true}');
    };
    await withApp(answer, async (url) => {
      const { samples, coldMs, stale } = await measure(url, [lane('health'), lane('list', { times: 2 })]);
      expect(asked).toEqual({ '/health': 5, '/list': 3 });
      expect(samples.map((one) => one.lane).sort()).toEqual([...Array(4).fill('health'), 'list', 'list']);
      expect([Object.keys(coldMs).sort(), stale]).toEqual([['health', 'list'], 0]);
      for (const one of samples) {
        expect(one).toMatchObject({ status: 200 });
        expect(one.wrong).toBeUndefined();
        expect(one.startMs).toBeGreaterThanOrEqual(0);
        expect(one.firstByteMs ?? 0).toBeGreaterThanOrEqual(one.startMs);
        expect(one.endMs).toBeGreaterThanOrEqual(one.firstByteMs ?? Number.POSITIVE_INFINITY);
        expect(one.reused).toBe(one.connectMs === null);
      }
    });
  });

  it('T6: sends the next one at its moment, although the one before has no answer yet', async () => {
    const held: ServerResponse[] = [];
    let asked = 0;
    const answer = (_: IncomingMessage, response: ServerResponse): void => {
      asked += 1;
      if (asked === 1) return void response.end();
      held.push(response);
      if (held.length === 4) for (const one of held) one.end();
    };
    await withApp(answer, async (url) => {
      const { samples } = await measure(url, [lane('slow', { everyMs: 5 })]);
      expect(samples).toHaveLength(4);
      const firstAnswer = Math.min(...samples.map((one) => one.endMs));
      expect(Math.max(...samples.map((one) => one.startMs))).toBeLessThanOrEqual(firstAnswer);
    });
  });

  it('T7: has no more under way than it may, and counts the waiting', async () => {
    let [now, most] = [0, 0];
    const answer = (_: IncomingMessage, response: ServerResponse): void => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end();
      }, 5);
    };
    await withApp(answer, async (url) => {
      const { samples } = await measure(url, [lane('a', { times: 9, everyMs: 0.1 })], { atOnce: 2 });
      expect([samples.length, most]).toEqual([9, 2]);
      expect(Math.max(...samples.map((one) => one.startMs - one.intendedMs))).toBeGreaterThan(5);
    });
  });

  it('T4: sends once more what met a kept connection that the server was just closing, also a POST that changes nothing', async () => {
    let asked = 0;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      asked += 1;
      if (asked === 3) request.socket.destroy();
      else response.end();
    };
    const login = lane('login', { request: { method: 'POST', path: '/login', body: '{}' }, everyMs: 20 });
    await withApp(answer, async (url) => {
      const { samples, stale } = await measure(url, [login]);
      expect([samples.length, samples.filter((one) => one.wrong !== undefined).length, stale]).toEqual([
        4, 0, 1,
      ]);
    });
  });

  it('says what was wrong, in a few words and in a kind that can be counted', async () => {
    const answer = ({ url }: IncomingMessage, response: ServerResponse): void => {
      if (url === '/status') response.writeHead(500);
      response.end('{"id":"x"}');
    };
    const shaped = {
      status: [200],
      body: {},
      schema: { type: 'object', properties: { id: { type: 'integer' } } },
    };
    const lanes = [
      lane('status', { times: 1 }),
      lane('body', { times: 1, expected: { status: [200], body: { 'user.id': 'is:present' } } }),
      lane('schema', { times: 1, expected: shaped }),
      lane('start', { times: 1, expected: { status: [200], body: {}, starts: '%PDF-' } }),
    ];
    await withApp(answer, async (url) => {
      const { samples } = await measure(url, lanes);
      const said = Object.fromEntries(samples.map((one) => [one.lane, [one.error, one.wrong]]));
      expect(said).toEqual({
        status: ['status', 'HTTP 500'],
        body: ['body', 'user.id is no present'],
        schema: ['body', expect.stringMatching(/^id: .*expected (int|number)/)],
        start: ['body', 'does not begin with %PDF-'],
      });
    });
  });

  it('T6: takes silence for an answer that never came, and gives up a lane that is silent again and again', async () => {
    let asked = 0;
    const answer = (_: IncomingMessage, response: ServerResponse): void => {
      asked += 1;
      if (asked === 1) response.end();
    };
    const silent = lane('silent', {
      request: { method: 'GET', path: '/', timeoutMs: 20 },
      times: 50,
      everyMs: 40,
    });
    await withApp(answer, async (url) => {
      const { samples } = await measure(url, [silent]);
      expect(samples.length).toBeLessThan(50);
      expect(samples[0]).toMatchObject({ status: null, error: 'timeout', wrong: 'no answer in 0.02 s' });
    });
  });

  it('says that nobody listens', async () => {
    const { samples } = await measure('http://127.0.0.1:1', [lane('away', { everyMs: 50 })]);
    expect(samples[0]).toMatchObject({ status: null, error: 'connection', wrong: 'ECONNREFUSED' });
  });

  it('SMK-00, T6: ends when its time is over, and tells what had no answer then, and how long it had waited', async () => {
    let asked = 0;
    const answer = (_: IncomingMessage, response: ServerResponse): void => {
      asked += 1;
      if (asked < 3) response.end();
    };
    await withApp(answer, async (url) => {
      const { samples } = await measure(url, [lane('hangs', { times: 9 })], { forMs: 300 });
      expect(samples).toHaveLength(9);
      expect(samples.filter(({ isCut }) => isCut)).toHaveLength(8);
      for (const one of samples.filter(({ isCut }) => isCut))
        expect([one.status, one.endMs - one.intendedMs > 100]).toEqual([null, true]);
    });
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const answer = (): void => stop.abort(new Error('stopped'));
    await withApp(answer, async (url) => {
      await expect(measure(url, [lane('a')], { signal: stop.signal })).rejects.toThrow('stopped');
    });
  });
});
