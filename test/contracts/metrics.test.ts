import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeMetrics } from '../../src/services/metrics/real.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { failureOf, makeWebSurroundings, withApp } from './web-world.ts';

const SINCE = '2025-10-01T14:00:30.000Z';
const APP = { kind: 'app', url: '/api/metrics', token: '$METRICS_TOKEN' };

function metricsAt(url: string, metrics: Record<string, unknown> = APP) {
  const surroundings = makeWebSurroundings(url, { metrics });
  return makeMetrics(surroundings, makeWeb(surroundings));
}

const minute = (over: Record<string, unknown> = {}) => ({
  route: 'GET /health',
  minute: '2025-10-01T14:01:00Z',
  requests: 100,
  errors: 1,
  ...over,
});

/** What the adapter makes of one answer of a real application. */
const readWith = <T>(status: number, text: string, use: (url: string) => Promise<T>): Promise<T> =>
  withApp((_, response) => response.writeHead(status).end(text), use);

describe('measurements that the application answers', () => {
  it('asks with the token since when, and gives the minutes oldest first, without those that were over before', async () => {
    const asked: unknown[] = [];
    const minutes = [
      minute({ minute: '2025-10-01T14:02:00Z', p50: 12.5, p95: 80, p99: null }),
      minute({ minute: '2025-10-01T14:00:00Z', version: '2.0.3' }),
      minute({ minute: '2025-10-01T13:59:00Z' }),
      minute({ minute: '2025-10-01T10:01:00-04:00', version: null, more: 'unknown' }),
    ];
    await withApp(
      (request, response) => {
        asked.push(request.url, request.headers.authorization);
        response.end(JSON.stringify({ minutes }));
      },
      async (url) => {
        const plain = { route: 'GET /health', requests: 100, errors: 1 };
        expect(await metricsAt(url).routes('staging', SINCE)).toEqual([
          { ...plain, minute: '2025-10-01T14:00:00.000Z', version: '2.0.3' },
          { ...plain, minute: '2025-10-01T14:01:00.000Z' },
          { ...plain, minute: '2025-10-01T14:02:00.000Z', p50: 12.5, p95: 80 },
        ]);
      },
    );
    expect(asked).toEqual(['/api/metrics?since=2025-10-01T14%3A00%3A30.000Z', 'Bearer canary-metrics-token']);
  });

  it('V24-02: says since when the application has its minutes, where it tells that', async () => {
    const ask = (more: object) =>
      readWith(200, JSON.stringify({ minutes: [], ...more }), (url) => metricsAt(url).keptSince('staging'));
    expect(await ask({ keptSince: '2025-10-01T10:01:00-04:00' })).toBe('2025-10-01T14:01:00.000Z');
    expect(await ask({})).toBeUndefined();
    expect(await ask({ keptSince: null })).toBeUndefined();
    expect((await failureOf(ask({ keptSince: 'always' }))).code).toBe('E_METRICS');
  });

  it('gives an empty list only for an application that says so', async () => {
    const said = await readWith(200, '{"minutes":[]}', (url) => metricsAt(url).routes('staging', SINCE));
    expect(said).toEqual([]);
  });

  it('F55: takes no other answer for measurements', async () => {
    const wrong: readonly (readonly [number, string])[] = [
      [200, '<html>Run this app to see the results here.</html>'],
      [200, ''],
      [200, '[]'],
      [200, '{}'],
      [200, '{"error":"database down"}'],
      [200, '{"minutes":{}}'],
      [200, JSON.stringify({ minutes: [minute({ requests: -1 })] })],
      [200, JSON.stringify({ minutes: [minute({ requests: '100' })] })],
      [200, JSON.stringify({ minutes: [minute({ errors: 101 })] })],
      [200, JSON.stringify({ minutes: [minute({ minute: 'yesterday' })] })],
      [200, JSON.stringify({ minutes: [minute({ route: '' })] })],
      [200, JSON.stringify({ minutes: [minute({ p95: 'fast' })] })],
      [204, ''],
      [302, '{"minutes":[]}'],
      [404, '{"minutes":[]}'],
      [500, '{"minutes":[]}'],
      [502, '<html>Bad Gateway</html>'],
    ];
    for (const [status, text] of wrong) {
      const error = await readWith(status, status === 204 ? '' : text, (url) =>
        failureOf(metricsAt(url).routes('staging', SINCE)),
      );
      expect([status, text, error.code]).toEqual([status, text, 'E_METRICS']);
      expect(inspect(error, { depth: 9 })).not.toContain('canary');
    }
  });

  it('says which field is wrong, and that a token was refused', async () => {
    const shape = JSON.stringify({ minutes: [minute(), minute({ requests: 'many' })] });
    const ask = (url: string) => failureOf(metricsAt(url).routes('staging', SINCE));
    expect((await readWith(200, shape, ask)).text.what).toContain('minutes.1.requests');
    for (const status of [401, 403])
      expect(await readWith(status, '', ask)).toMatchObject({
        code: 'E_SECRET_REFUSED',
        text: { next: 'Correct metrics.token.' },
      });
  });

  it('passes on that the application is down', async () => {
    const error = await failureOf(metricsAt('http://127.0.0.1:1').routes('staging', SINCE));
    expect(error.code).toBe('E_APP_DOWN');
  });

  it('refuses a kind that it cannot read, and what is not configured, by their own names', async () => {
    const prometheus = metricsAt('http://127.0.0.1:1', { kind: 'prometheus', url: 'http://prometheus:9090' });
    expect((await failureOf(prometheus.routes('staging', SINCE))).code).toBe('E_METRICS_KIND');
    const surroundings = makeWebSurroundings('http://127.0.0.1:1');
    const none = makeMetrics(surroundings, makeWeb(surroundings));
    expect((await failureOf(none.routes('staging', SINCE))).code).toBe('E_NOT_CONFIGURED');
  });
});
