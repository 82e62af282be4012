import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { WebRequest } from '../../src/services/web/port.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { failureOf, makeWebSurroundings, withApp } from './web-world.ts';

const webAt = (url: string) => makeWeb(makeWebSurroundings(url));
const get = (path: string, more: Partial<WebRequest> = {}): WebRequest => ({ method: 'GET', path, ...more });

describe('the application by HTTP', () => {
  it('reads status, headers, text and JSON', async () => {
    await withApp(
      (_, response) => {
        response.writeHead(200, { 'X-Answered-By': 'rur2', 'content-type': 'application/json' });
        response.end('{"status":"ok","version":"2.1.0","note":"läuft"}');
      },
      async (url) => {
        const answer = await webAt(url).request('staging', get('/health'));
        expect(answer).toMatchObject({
          status: 200,
          json: { status: 'ok', version: '2.1.0', note: 'läuft' },
        });
        expect(answer.headers['x-answered-by']).toBe('rur2');
        expect(new TextDecoder().decode(answer.bytes)).toBe(answer.text);
      },
    );
  });

  it('gives no JSON for a page, whatever the page claims to be, and is no failure for a 502', async () => {
    const page = '<html><title>502 Bad Gateway</title></html>';
    await withApp(
      (_, response) => response.writeHead(502, { 'content-type': 'application/json' }).end(page),
      async (url) => {
        const answer = await webAt(url).request('staging', get('/health'));
        expect([answer.status, answer.text, answer.json]).toEqual([502, page, undefined]);
      },
    );
  });

  it('T5: lets the clock run until the last byte', async () => {
    await withApp(
      (_, response) => {
        response.write('{"first":');
        setTimeout(() => response.end('1}'), 80);
      },
      async (url) => {
        const { tookMs, json } = await webAt(url).request('staging', get('/slow'));
        expect(json).toEqual({ first: 1 });
        // A timer may ring a little early; anything near zero would be the first byte.
        expect(tookMs).toBeGreaterThan(70);
      },
    );
  });

  it('sends method, headers and body as they are, below the path of the address', async () => {
    const seen: { request?: IncomingMessage; body?: string } = {};
    await withApp(
      async (request, response) => {
        seen.request = request;
        seen.body = (await buffer(request)).toString();
        response.end();
      },
      async (url) => {
        const body = JSON.stringify({ email: 'ä@rur2.example' });
        const headers = { 'Content-Type': 'application/json', authorization: 'Bearer t' };
        await webAt(`${url}/app/`).request('staging', {
          method: 'POST',
          path: '/api/login?x=1',
          headers,
          body,
        });
        expect(seen.body).toBe(body);
      },
    );
    const { method, url, headers } = seen.request ?? {};
    expect([method, url]).toEqual(['POST', '/app/api/login?x=1']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '27',
      authorization: 'Bearer t',
      'accept-encoding': 'identity',
    });
  });

  it('sends name and password of an address as a header and shows neither', async () => {
    await withApp(
      (request, response) => response.end(request.headers.authorization ?? 'none'),
      async (url) => {
        const withPassword = url.replace('http://', 'http://me:canary%3Apw@');
        const { text } = await webAt(withPassword).request('staging', get('/'));
        expect(Buffer.from(text.replace('Basic ', ''), 'base64').toString()).toBe('me:canary:pw');
      },
    );
    const error = await failureOf(webAt('http://me:canary@127.0.0.1:1').request('staging', get('/')));
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
  });

  it('uploads a file with fields, and no name can break out of its quotes', async () => {
    const hostile = 'a"; filename="x\r\ncontent-type: text/html\r\n\r\n.pdf';
    let form: FormData | undefined;
    await withApp(
      async (request, response) => {
        const type = request.headers['content-type'] ?? '';
        form = await new Response(await buffer(request), { headers: { 'content-type': type } }).formData();
        response.end();
      },
      async (url) => {
        const bytes = new Uint8Array([0, 255, 13, 10, 45, 45]);
        await webAt(url).request('staging', {
          method: 'POST',
          path: '/api/evidence',
          file: { field: 'file', name: hostile, type: 'application/pdf', bytes },
          fields: { note: 'line\r\n--not a boundary', 'odd"name': 'ü' },
        });
      },
    );
    const file = form?.get('file') as File;
    expect([...(form?.keys() ?? [])].sort()).toEqual(['file', 'note', 'odd"name']);
    expect([file.type, file.name]).toEqual(['application/pdf', hostile]);
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([0, 255, 13, 10, 45, 45]);
    expect([form?.get('note'), form?.get('odd"name')]).toEqual(['line\r\n--not a boundary', 'ü']);
  });

  it('T3: keeps the connection for the next request', async () => {
    const ports = new Set<number | undefined>();
    await withApp(
      (request, response) => {
        ports.add(request.socket.remotePort);
        response.end('ok');
      },
      async (url) => {
        const web = webAt(url);
        for (let n = 0; n < 4; n += 1) await web.request('staging', get('/health'));
      },
    );
    expect(ports.size).toBe(1);
  });

  it('answers with E_NOT_CONFIGURED for an environment that is not there', async () => {
    const web = webAt('http://127.0.0.1:1');
    for (const env of ['elsewhere', '__proto__', 'constructor'])
      expect((await failureOf(web.request(env, get('/')))).code).toBe('E_NOT_CONFIGURED');
  });
});

describe('what is refused before anything is sent', () => {
  const OTHER_HOSTS = [
    '//evil.example',
    '/\\evil.example',
    '@evil.example',
    'http://evil.example/',
    'health',
    '',
  ];
  const BROKEN = ['/a b', '/a\r\nx: y', '/a\n', '/a\u0000', '/a\tb', '/a\\b'];

  it('T25: a path that leads elsewhere or ends the line', async () => {
    let asked = 0;
    await withApp(
      (_, response) => {
        asked += 1;
        response.end();
      },
      async (url) => {
        for (const path of [...OTHER_HOSTS, ...BROKEN]) {
          const error = await failureOf(webAt(url).request('staging', get(path)));
          expect([path, error.code, error.text.state]).toEqual([path, 'E_WEB_REQUEST', 'untouched']);
        }
      },
    );
    expect(asked).toBe(0);
  });

  it('a header that would become two, or that says where the request ends; its value is not shown', async () => {
    const web = webAt('http://127.0.0.1:1');
    const wrong: Record<string, string>[] = [
      { authorization: 'Bearer canary\n' },
      { 'x-a': 'canary\r\nx-b: 1' },
      { 'x-a\r\nx-b': '1' },
      { 'x a': '1' },
      { 'x-a': 'canary\u0000' },
      { 'x-a': 'canary ☃' },
      { Host: 'evil.example' },
      { 'Content-Length': '5' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of wrong) {
      const error = await failureOf(web.request('staging', get('/', { headers })));
      expect(error.code).toBe('E_WEB_REQUEST');
      expect(inspect(error, { depth: 9 })).not.toContain('canary');
    }
  });

  it('a body by GET, two bodies at once, and a file whose type is none', async () => {
    const web = webAt('http://127.0.0.1:1');
    const file = { field: 'f', name: 'n', type: 'text/plain', bytes: new Uint8Array() };
    const wrong: WebRequest[] = [
      get('/', { body: 'x' }),
      { method: 'POST', path: '/', body: 'x', file },
      { method: 'POST', path: '/', file: { ...file, type: 'text/plain\r\nx: y' } },
    ];
    for (const request of wrong)
      expect((await failureOf(web.request('staging', request))).code).toBe('E_WEB_REQUEST');
  });
});
