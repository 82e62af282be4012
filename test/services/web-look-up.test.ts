import type { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { makeLookUp } from '../../src/services/web/look-up.ts';
import { prepareRequest } from '../../src/services/web/prepare-request.ts';
import { makeDirectSender } from '../../src/services/web/send-direct.ts';
import { withApp } from '../contracts/web-world.ts';
import { failureOf } from '../support/failure-of.ts';

const ask = { method: 'GET', path: '/health', headers: { authorization: 'Bearer of-the-app' } } as const;

/** A name server that answers with one address after the other, as one that is not ours may. */
const answering = (...addresses: readonly string[]): typeof lookup => {
  let asked = 0;
  return ((_host: string, { all }: { all?: boolean }, tell: (...words: unknown[]) => void) => {
    const address = addresses[Math.min(asked++, addresses.length - 1)] ?? '';
    const family = address.includes(':') ? 6 : 4;
    if (all) tell(null, [{ address, family }]);
    else tell(null, address, family);
  }) as unknown as typeof lookup;
};

const send = (url: string, find: typeof lookup) =>
  makeDirectSender(makeLookUp(find))(prepareRequest(new URL(url), ask), {
    signal: AbortSignal.timeout(10_000),
    most: 1000,
  });

describe('a name that leads to the keys of the machine', () => {
  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', 'fd00:ec2::254', '100.100.100.200'])(
    'T24: is not asked: %s',
    async (address) => {
      const failure = await failureOf(send('http://app.example', answering(address)));
      expect(failure).toMatchObject({ code: 'E_WEB_REQUEST', text: { state: 'untouched' } });
      expect(failure.text.what).toContain('metadata');
    },
  );

  it('T24: is refused also when it led elsewhere a moment ago', async () => {
    await withApp(
      (_, response) => response.writeHead(200, { connection: 'close' }).end('ok'),
      async (url) => {
        const { port } = new URL(url);
        const find = answering('127.0.0.1', '169.254.169.254');
        expect((await send(`http://app.example:${port}`, find)).status).toBe(200);
        expect((await failureOf(send(`http://app.example:${port}`, find))).code).toBe('E_WEB_REQUEST');
      },
    );
  });

  it.each(['http://169.254.169.254', 'http://[fe80::1]', 'http://[::ffff:a9fe:a9fe]'])(
    'T24: is refused where it stands as an address: %s',
    (url) => {
      expect(() => prepareRequest(new URL(url), ask)).toThrow(/metadata/);
    },
  );

  it('is not any other address', async () => {
    await withApp(
      (_, response) => response.end('ok'),
      async (url) =>
        expect((await send(url.replace('127.0.0.1', 'app.example'), answering('127.0.0.1'))).status).toBe(
          200,
        ),
    );
  });
});
