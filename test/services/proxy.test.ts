import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import { isLoopback } from '../../src/domain/loopback.ts';
import { type Call, route, type StandIn, startStandIn } from '../../src/sandbox/servers/router.ts';
import { findProxy, makeFetch, refuseTlsOff } from '../../src/services/proxy.ts';

const PROXY = 'http://proxy.example:3128';
const API = 'https://api.stripe.com/v1/balance';

describe('the way a request takes', () => {
  it.each([
    ['https by HTTPS_PROXY', { HTTPS_PROXY: PROXY }, API, PROXY],
    ['the lower spelling first', { https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, API, PROXY],
    ['http by HTTP_PROXY', { HTTP_PROXY: PROXY }, 'http://rur2.example', PROXY],
    ['http never by HTTPS_PROXY', { HTTPS_PROXY: PROXY }, 'http://rur2.example', undefined],
    ['ALL_PROXY for the rest', { ALL_PROXY: PROXY }, API, PROXY],
    ['a proxy without a scheme', { HTTPS_PROXY: 'proxy.example:3128' }, API, PROXY],
    ['an empty setting', { HTTPS_PROXY: '' }, API, undefined],
    ['no setting', {}, API, undefined],
    ['no address at all', { HTTPS_PROXY: PROXY }, 'nowhere', undefined],
  ])('knows %s', (_, env, address, proxy) => {
    expect(findProxy(env, address)).toBe(proxy);
  });

  it.each([
    ['*', API, true],
    ['api.stripe.com', API, true],
    ['API.Stripe.com', API, true],
    ['stripe.com', API, true],
    ['.stripe.com', API, true],
    ['*.stripe.com', API, true],
    ['stripe.com:443', API, true],
    ['stripe.com:8443', API, false],
    ['stripe.com:8443', 'https://api.stripe.com:8443/', true],
    ['ipe.com', API, false],
    ['notstripe.com', API, false],
    ['api.stripe.com.evil.example', API, false],
    ['', API, false],
    ['.', API, false],
    ['10.0.0.1', 'https://10.0.0.1/', true],
    ['other.example, api.stripe.com', API, true],
    ['other.example api.stripe.com', API, true],
  ])('NO_PROXY=%s spares %s the proxy: %s', (except, address, isDirect) => {
    const env = { HTTPS_PROXY: PROXY, NO_PROXY: except };
    expect(findProxy(env, address)).toBe(isDirect ? undefined : PROXY);
  });

  it.each([
    ['http://localhost:3000', true],
    ['http://app.localhost', true],
    ['http://127.0.0.1:1', true],
    ['http://127.9.9.9', true],
    ['http://[::1]:3000', true],
    ['https://localhost.example', false],
    ['https://127.0.0.1.example', false],
    ['not an address', false],
  ])('knows whether %s is this machine: %s', (address, isHere) => {
    expect(isLoopback(address)).toBe(isHere);
    if (isHere) expect(findProxy({ ALL_PROXY: PROXY }, address)).toBeUndefined();
  });
});

describe('a request through a proxy', () => {
  let target: StandIn;
  let proxy: Server;
  let proxyUrl: string;
  const tunnels: string[] = [];
  const received: Call[] = [];

  beforeAll(async () => {
    target = await startStandIn([
      route('POST /echo', (call) => {
        received.push(call);
        return { status: 200, text: call.body.toString() };
      }),
    ]);
    // Every name leads to the target, as a name of the world leads a real proxy to its server.
    proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(String(request.url));
      const onward = connect(target.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await target.close();
    proxy.closeAllConnections();
    proxy.close();
  });

  it('arrives whole, with method, headers and body', async () => {
    const fetch = makeFetch({ HTTP_PROXY: proxyUrl });
    const sent = { method: 'POST', headers: { 'x-mark': 'yes' }, body: 'as it is' };
    const answer = await fetch('http://service.example/echo', sent);
    expect(await answer.text()).toBe('as it is');
    expect(tunnels).toEqual(['service.example:80']);
    expect(received[0]?.headers['x-mark']).toBe('yes');
  });

  it('arrives as a form when the caller gives a form', async () => {
    const fetch = makeFetch({ HTTP_PROXY: proxyUrl });
    const form = new FormData();
    form.set('name', 'value');
    await fetch(new URL('http://service.example/echo'), { method: 'POST', body: form });
    expect(received.at(-1)?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(received.at(-1)?.body.toString()).toContain('name="name"');
  });

  it('goes directly to this machine', async () => {
    const before = tunnels.length;
    const fetch = makeFetch({ HTTP_PROXY: proxyUrl });
    expect((await fetch(`${target.url}/echo`, { method: 'POST', body: 'x' })).status).toBe(200);
    expect(tunnels).toHaveLength(before);
  });

  it('is refused when the proxy is no http(s) address, without showing a password in it', async () => {
    const fetch = makeFetch({ HTTP_PROXY: 'socks5://user:canary@proxy.example' });
    const error = await fetch('http://service.example/').catch((thrown: unknown) => thrown);
    expect(isReleaseError(error, 'E_PROXY')).toBe(true);
    expect(JSON.stringify(error)).not.toContain('canary');
  });
});

describe('the checking of certificates', () => {
  it('T26: stops when it is switched off for every client, and only then', () => {
    const stop = () => refuseTlsOff({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(stop).toThrow(expect.objectContaining({ code: 'E_TLS_OFF' }));
    for (const value of ['1', '', undefined])
      expect(() => refuseTlsOff({ NODE_TLS_REJECT_UNAUTHORIZED: value })).not.toThrow();
  });
});
