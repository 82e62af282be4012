import { once } from 'node:events';
import { createServer as createTcp, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import { makeFetch } from '../../src/services/proxy.ts';
import type { WebRequest } from '../../src/services/web/port.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { failureOf, listen, makeWebSurroundings, withApp } from './web-world.ts';

const webAt = (url: string) => makeWeb(makeWebSurroundings(url));
const get = (path: string, more: Partial<WebRequest> = {}): WebRequest => ({ method: 'GET', path, ...more });
const post = (path: string, more: Partial<WebRequest> = {}): WebRequest => ({
  method: 'POST',
  path,
  body: '{}',
  ...more,
});

/** A TCP server that does with every connection what it is told to. */
async function withTcp<T>(greet: (socket: Socket, nth: number) => void, use: (url: string) => Promise<T>) {
  const sockets: Socket[] = [];
  const server = createTcp((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    greet(socket, sockets.length);
  });
  const port = await listen(server);
  try {
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** An address where nobody listens: a port that was free a moment ago. */
const closedAddress = (): Promise<string> =>
  withTcp(
    () => undefined,
    async (url) => url,
  );

describe('an application that does not answer', () => {
  it('refuses the connection: E_APP_DOWN, and not even a write has touched it', async () => {
    const web = webAt(await closedAddress());
    for (const request of [get('/health'), post('/api/login')]) {
      const error = await failureOf(web.request('staging', request));
      expect(error).toMatchObject({ code: 'E_APP_DOWN', text: { state: 'untouched' } });
      expect(error.text.what).toMatch(/^Nothing usable answers at http:.*ECONNREFUSED/);
    }
  });

  it('F56: hangs: E_APP_DOWN after the given time; a write is unclear', async () => {
    await withApp(
      () => undefined,
      async (url) => {
        const seen = [get('/health', { timeoutMs: 60 }), post('/api/x', { timeoutMs: 60 })].map((request) =>
          failureOf(webAt(url).request('staging', request)),
        );
        const [read, write] = await Promise.all(seen);
        expect(read).toMatchObject({ code: 'E_APP_DOWN', text: { state: 'untouched' } });
        expect(read?.text.what).toContain('no answer in time');
        expect(write).toMatchObject({ code: 'E_APP_DOWN', text: { state: 'unclear' } });
      },
    );
  });

  it('F57: sends a byte now and then for ever: the whole answer has one limit, and the connection is let go', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    await withApp(
      (_, response) => {
        const drip = setInterval(() => response.write('.'), 5);
        closed = once(response, 'close').then(() => clearInterval(drip));
      },
      async (url) => {
        const error = await failureOf(webAt(url).request('staging', get('/', { timeoutMs: 200 })));
        expect(error.code).toBe('E_APP_DOWN');
        await closed;
      },
    );
  });

  it('cuts the connection: before the answer, within its head, within its body', async () => {
    const cuts = ['', 'HTTP/1.1 200 OK\r\ncont', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'];
    for (const said of cuts) {
      await withTcp(
        (socket) => socket.once('data', () => socket.end(said)),
        async (url) => {
          const read = await failureOf(webAt(url).request('staging', get('/')));
          const write = await failureOf(webAt(url).request('staging', post('/')));
          expect([said, read.code, read.text.state]).toEqual([said, 'E_APP_DOWN', 'untouched']);
          expect([said, write.code, write.text.state]).toEqual([said, 'E_APP_DOWN', 'unclear']);
        },
      );
    }
  });

  it('speaks something that is not HTTP, or a head without end', async () => {
    const talks = ['SSH-2.0-OpenSSH_9.2\r\n', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`];
    for (const said of talks) {
      await withTcp(
        (socket) => socket.write(said),
        async (url) =>
          expect((await failureOf(webAt(url).request('staging', get('/')))).code).toBe('E_APP_DOWN'),
      );
    }
  });

  it('names neither the query nor the headers of what it asked', async () => {
    const request = get('/a?token=canary', { headers: { authorization: 'Bearer canary' } });
    const error = await failureOf(webAt(await closedAddress()).request('staging', request));
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
    expect(error.text.what).toContain('(GET /a)');
  });
});

describe('an answer that is too large', () => {
  it('F57: stops reading a gigabyte soon after the limit', async () => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    let sent = 0;
    let closed: Promise<unknown> = Promise.resolve();
    await withApp(
      (_, response) => {
        closed = once(response, 'close');
        const pour = (): void => {
          while (sent < 1_000_000_000 && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) break;
          }
        };
        response.on('drain', pour);
        pour();
      },
      async (url) => {
        const error = await failureOf(webAt(url).request('staging', get('/dump')));
        expect(error).toMatchObject({ code: 'E_ANSWER_TOO_LARGE', text: { state: 'untouched' } });
        await closed;
      },
    );
    expect(sent).toBeLessThan(60_000_000);
  });

  it('F57: believes a head that announces a gigabyte', async () => {
    await withApp(
      (_, response) => response.writeHead(200, { 'content-length': '1000000000' }).write('x'),
      async (url) => {
        const error = await failureOf(webAt(url).request('staging', post('/dump')));
        expect(error).toMatchObject({ code: 'E_ANSWER_TOO_LARGE', text: { state: 'unclear' } });
      },
    );
  });
});

describe('a redirect', () => {
  it('T25: is the answer; nothing is carried to where it points, with or without a body', async () => {
    const carried: string[] = [];
    await withApp(
      (request, response) => {
        carried.push(request.url ?? '');
        response.end('caught');
      },
      (elsewhere) =>
        withApp(
          (_, response) => response.writeHead(307, { location: `${elsewhere}/steal` }).end(),
          async (url) => {
            const headers = { authorization: 'Bearer t', 'x-api-key': 'k' };
            for (const request of [get('/', { headers }), post('/', { headers })]) {
              const answer = await webAt(url).request('staging', request);
              expect([answer.status, answer.headers.location]).toEqual([307, `${elsewhere}/steal`]);
            }
          },
        ),
    );
    expect(carried).toEqual([]);
  });
});

describe('a kept connection that the server was just closing', () => {
  const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

  it('T4: sends a GET once more over a new one, and a write never', async () => {
    const asked: string[] = [];
    // Every connection answers one request and is cut at the next, as one that had been idle for too long.
    const greet = (socket: Socket): void => {
      let nth = 0;
      socket.on('data', (bytes) => {
        asked.push(bytes.toString().slice(0, 4).trim());
        nth += 1;
        if (nth === 1) socket.write(OK);
        else socket.destroy();
      });
    };
    await withTcp(greet, async (url) => {
      const web = webAt(url);
      expect((await web.request('staging', get('/'))).text).toBe('ok');
      expect((await web.request('staging', get('/'))).text).toBe('ok');
      expect(asked).toEqual(['GET', 'GET', 'GET']);
      await web.request('staging', get('/'));
      asked.length = 0;
      const error = await failureOf(web.request('staging', post('/')));
      expect([error.code, error.text.state, asked]).toEqual(['E_APP_DOWN', 'unclear', ['POST']]);
    });
  });
});

describe('a caller that gives up', () => {
  it('gets its own reason, and the connection is let go', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const stop = new AbortController();
    const reason = new Error('the person pressed Ctrl-C');
    await withApp(
      (_, response) => {
        closed = once(response, 'close');
        stop.abort(reason);
      },
      async (url) => {
        const work = webAt(url).request('staging', get('/', { signal: stop.signal }));
        await expect(work).rejects.toBe(reason);
        await closed;
        await expect(webAt(url).request('staging', get('/', { signal: stop.signal }))).rejects.toBe(reason);
      },
    );
  });
});

describe('a proxy between us and the application', () => {
  /** Sets HTTP_PROXY for one piece of work. */
  async function behind<T>(proxy: string, use: () => Promise<T>): Promise<T> {
    const before = process.env.http_proxy;
    process.env.http_proxy = proxy;
    try {
      return await use();
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    }
  }
  const webBehind = (proxy: string) =>
    makeWeb(makeWebSurroundings('http://rur2.example', { fetch: makeFetch({ HTTP_PROXY: proxy }) }));

  it('takes the way of the proxy, and a redirect is an answer there too', async () => {
    await withTcp(
      (socket) => {
        let nth = 0;
        socket.on('data', (bytes) => {
          nth += 1;
          // The first bytes open the tunnel, if the client asks for one.
          if (nth === 1 && bytes.toString().startsWith('CONNECT rur2.example:80'))
            socket.write('HTTP/1.1 200 OK\r\n\r\n');
          else
            socket.write(
              'HTTP/1.1 302 Found\r\nlocation: http://evil.example/\r\ncontent-length: 4\r\n\r\ngone',
            );
        });
      },
      (proxy) =>
        behind(proxy, async () => {
          const answer = await webBehind(proxy).request('staging', post('/api/x'));
          expect([answer.status, answer.text]).toEqual([302, 'gone']);
          expect(answer.headers.location).toBe('http://evil.example/');
        }),
    );
  });

  it('calls a silent proxy E_NETWORK, because nothing is known of the application then', async () => {
    const proxy = await closedAddress();
    const error = await behind(proxy, () => failureOf(webBehind(proxy).request('staging', get('/health'))));
    expect(error.code).toBe('E_NETWORK');
    expect(isReleaseError(error, 'E_APP_DOWN')).toBe(false);
  });
});
