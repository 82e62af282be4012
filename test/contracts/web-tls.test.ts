import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAddresses } from '../../src/services/web/addresses.ts';
import { readCertificate } from '../../src/services/web/certificate.ts';
import type { CertificateFacts } from '../../src/services/web/port.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { type MadeCertificate, makeCertificate } from '../support/certificates.ts';
import { failureOf, listen, makeWebSurroundings } from './web-world.ts';

const DAY = 86_400_000;
/** Certificates know whole seconds. */
const NOW = Math.floor(Date.now() / 1000) * 1000;
const day = (n: number): Date => new Date(NOW + n * DAY);

const authority = makeCertificate({
  name: 'Sandbox Authority',
  from: day(-9),
  to: day(900),
  isAuthority: true,
});
const CERTIFICATES = {
  good: makeCertificate({ name: 'localhost', from: day(-1), to: day(20), by: authority }),
  old: makeCertificate({ name: 'localhost', from: day(-30), to: day(-1), by: authority }),
  early: makeCertificate({ name: 'localhost', from: day(3), to: day(30), by: authority }),
  other: makeCertificate({ name: 'elsewhere.example', from: day(-1), to: day(20), by: authority }),
  own: makeCertificate({ name: 'localhost', from: day(-1), to: day(20) }),
};
type Kind = keyof typeof CERTIFICATES;
const KINDS = Object.keys(CERTIFICATES) as Kind[];

/** A TLS server that answers every request with its certificate's name. */
const serve = ({ name, cert, key }: MadeCertificate): Server =>
  createTls({ cert, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () =>
      socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${name.length}\r\n\r\n${name}`),
    );
  });

const servers: Server[] = [];
const urls = {} as Record<Kind, string>;
beforeAll(async () => {
  for (const kind of KINDS) {
    const server = serve(CERTIFICATES[kind]);
    servers.push(server);
    urls[kind] = `https://localhost:${await listen(server)}`;
  }
});
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))));

/** Asks in a program of its own, because Node reads NODE_EXTRA_CA_CERTS at its start and never again. */
async function askTrusting(trusted: string): Promise<Record<Kind, CertificateFacts & { asked: string }>> {
  const folder = await mkdtemp(join(tmpdir(), 'release-tls-'));
  try {
    const ca = join(folder, 'ca.pem');
    const program = join(folder, 'ask.mjs');
    await writeFile(ca, trusted);
    await build({
      stdin: { contents: ASK, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['undici'],
      outfile: program,
    });
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca };
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(urls)], { env });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const ASK = `
import { makeWeb } from './src/services/web/real.ts';
const said = {};
for (const [kind, url] of Object.entries(JSON.parse(process.argv[2]))) {
  const web = makeWeb({ runbook: { environments: { staging: { url } } }, proxyOf: () => undefined } as never);
  const asked = await web.request('staging', { method: 'GET', path: '/' }).then(({ text }) => text, ({ code, text }) => code + ' ' + text.what);
  said[kind] = { ...(await web.certificate('staging')), asked };
}
console.log(JSON.stringify(said));
`;

describe('the certificate of the application', () => {
  it('E-61: tells end, names and, for a good chain and host name, no problem', async () => {
    const said = await askTrusting(authority.cert);
    const names = { subject: 'localhost', issuer: 'Sandbox Authority' };
    expect(said.good).toEqual({ ...names, validTo: day(20).toISOString(), asked: 'localhost' });
    expect(said.old.problem).toBe('the certificate has expired (CERT_HAS_EXPIRED)');
    expect(said.old.validTo).toBe(day(-1).toISOString());
    expect(said.early.problem).toBe('the certificate is not valid yet (CERT_NOT_YET_VALID)');
    expect(said.other.problem).toBe('the certificate is not for localhost');
    expect(said.own.problem).toBe('the certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT)');
    for (const kind of ['old', 'early', 'other', 'own'] as const)
      expect(said[kind].asked).toMatch(/^E_APP_DOWN .*CERT/);
  });

  it('F58: tells a chain that nobody trusts, and the wrong host name beside it', async () => {
    const good = await readCertificate(new URL(urls.good));
    expect(good?.problem).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/);
    const other = await readCertificate(new URL(urls.other));
    expect(other?.problem).toMatch(/\(UNABLE_TO_.*\); the certificate is not for localhost$/);
  });

  it('F58: never sends a request over a connection that it cannot trust, write or not', async () => {
    const web = makeWeb(makeWebSurroundings(urls.own));
    for (const method of ['GET', 'POST'] as const) {
      const error = await failureOf(web.request('staging', { method, path: '/' }));
      expect(error).toMatchObject({ code: 'E_APP_DOWN', text: { state: 'untouched' } });
      expect(error.text.what).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    }
  });

  it('is undefined for plain http', async () => {
    expect(await makeWeb(makeWebSurroundings('http://127.0.0.1:1')).certificate('staging')).toBeUndefined();
  });

  it('E-61: does not wait for ever, and says so when nothing shakes hands', async () => {
    const silent = createTcp((socket) => socket.resume().on('error', () => undefined));
    const plain = createTcp((socket) =>
      socket
        .resume()
        .on('error', () => undefined)
        .end('HTTP/1.1 400 Bad\r\n\r\n'),
    );
    const hung = new URL(`https://127.0.0.1:${await listen(silent)}`);
    const spoken = new URL(`https://127.0.0.1:${await listen(plain)}`);
    const errors = [await failureOf(readCertificate(hung, 60)), await failureOf(readCertificate(spoken))];
    await Promise.all([silent, plain].map((server) => new Promise((done) => server.close(done))));
    const refused = await failureOf(readCertificate(hung));
    expect([...errors, refused].map(({ code }) => code)).toEqual(['E_APP_DOWN', 'E_APP_DOWN', 'E_APP_DOWN']);
    expect(errors[0]?.text.what).toContain('no answer in time');
  });
});

describe('the addresses of the application', () => {
  it('ENV-04: finds names and plain addresses, and tells the time it took', async () => {
    const found = await makeWeb(makeWebSurroundings('http://localhost:1')).addresses('staging');
    expect(found.host).toBe('localhost');
    expect(found.addresses).toContain('127.0.0.1');
    expect(found.tookMs).toBeGreaterThan(0);
    expect((await findAddresses(new URL('http://127.0.0.1:1'))).addresses).toEqual(['127.0.0.1']);
    expect((await findAddresses(new URL('http://[::1]:1'))).addresses).toEqual(['::1']);
  });

  it('F58: tells a name that does not exist from a resolver that fails or is silent', async () => {
    const url = new URL('http://rur2.example');
    const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
    expect((await findAddresses(url, 1000, failing('ENOTFOUND'))).addresses).toEqual([]);
    const errors = [
      await failureOf(findAddresses(url, 1000, failing('EAI_AGAIN'))),
      await failureOf(findAddresses(url, 30, () => new Promise(() => undefined))),
    ];
    expect(errors.map(({ code }) => code)).toEqual(['E_NETWORK', 'E_NETWORK']);
  });
});
