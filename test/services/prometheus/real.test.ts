import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePrometheus } from '../../../src/services/prometheus/real.ts';
import type { Surroundings } from '../../../src/services/surroundings.ts';

/** What the server answers to a query. */
const ANSWERS: Readonly<Record<string, readonly [number, unknown]>> = {
  vector: [
    200,
    {
      status: 'success',
      data: {
        resultType: 'vector',
        result: [
          { metric: { route: 'GET /a' }, value: [1759328700, '0.25'] },
          { metric: { route: 'GET /b' }, value: [1759328700, 'NaN'] },
          { metric: { route: 'GET /c' }, value: [1759328700, '+Inf'] },
        ],
      },
    },
  ],
  scalar: [200, { status: 'success', data: { resultType: 'scalar', result: [1759328700, '7'] } }],
  empty: [200, { status: 'success', data: { resultType: 'vector', result: [] } }],
  matrix: [200, { status: 'success', data: { resultType: 'matrix', result: [] } }],
  bad: [400, { status: 'error', errorType: 'bad_data', error: 'parse error' }],
  late: [503, { status: 'error', errorType: 'timeout' }],
  secret: [401, ''],
};

let server: Server;
const asked: { url: URL; authorization: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((request, answer) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    asked.push({ url, authorization: request.headers.authorization });
    const [status, body] = ANSWERS[url.searchParams.get('query') ?? ''] ?? [404, ''];
    answer.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => void server.close());

const ask = (query: string, more: { token?: string; at?: number } = {}) => {
  const { port } = server.address() as AddressInfo;
  const surroundings = { fetch, secrets: { read: () => 'value' } } as unknown as Surroundings;
  return makePrometheus(surroundings).ask({ url: `http://127.0.0.1:${port}/`, query, ...more });
};

describe('Prometheus', () => {
  it('answers the series of a vector; numbers are texts, NaN and infinities among them', async () => {
    expect(await ask('vector')).toEqual([
      { labels: { route: 'GET /a' }, value: 0.25 },
      { labels: { route: 'GET /b' }, value: Number.NaN },
      { labels: { route: 'GET /c' }, value: Number.POSITIVE_INFINITY },
    ]);
    expect(await ask('scalar')).toEqual([{ labels: {}, value: 7 }]);
    expect(await ask('empty')).toEqual([]);
  });

  it('E-15: is asked for a moment before the release, with its token', async () => {
    await ask('scalar', { token: '$PROM', at: 1759328700_000 });
    const last = asked.at(-1);
    expect([last?.url.pathname, last?.url.searchParams.get('time')]).toEqual(['/api/v1/query', '1759328700']);
    expect(last?.authorization).toBe('Bearer value');
  });

  it.each([
    ['matrix', 'E_METRICS'],
    ['bad', 'E_METRICS'],
    ['late', 'E_METRICS'],
    ['secret', 'E_SECRET_REFUSED'],
  ])('%s is no answer: %s', async (query, code) => {
    await expect(ask(query)).rejects.toMatchObject({ code });
  });

  it('says when nothing answers', async () => {
    const surroundings = { fetch, secrets: { read: () => '' } } as unknown as Surroundings;
    const url = 'http://127.0.0.1:9';
    await expect(makePrometheus(surroundings).ask({ url, query: 'x' })).rejects.toMatchObject({
      code: 'E_METRICS',
    });
  });
});
