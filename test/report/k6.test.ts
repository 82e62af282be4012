import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type K6Call, type K6Scenario, writeK6 } from '../../src/report/files/k6.ts';

const call = (id: string, more: Partial<K6Call> = {}): K6Call => ({
  id,
  method: 'GET',
  path: `/${id}`,
  headers: {},
  json: null,
  fields: null,
  file: null,
  signedWith: null,
  status: [200],
  body: {},
  starts: null,
  capture: {},
  samples: 1,
  limits: { p95Ms: 100, maxMs: 200, errorPercent: 0.5 },
  ...more,
});

const scenario = (calls: readonly K6Call[], more: Partial<K6Scenario> = {}): K6Scenario => ({
  title: 'RuR2 staging',
  url: 'https://staging.rur2.example',
  values: { version: '2.1.0', email: '$SMOKE_USER', password: '$SMOKE_PASSWORD' },
  calls,
  cleanup: [],
  ...more,
});

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

/** Runs the script as k6 would, with stand-ins for its modules; answers what it asked and how its checks ended. */
function runScript(text: string, answer: (url: string) => { status: number; body: string }) {
  const asked: Asked[] = [];
  const checks: Record<string, boolean[]> = {};
  const http = {
    file: (bytes: string, name: string) => ({ bytes, name }),
    request: (
      method: string,
      url: string,
      body: unknown,
      { headers }: { headers: Record<string, string> },
    ) => {
      asked.push({ method, url, body, headers });
      const { status, body: said } = answer(url);
      return { status, body: said, json: () => JSON.parse(said) };
    },
  };
  const check = (value: unknown, rules: Record<string, (one: unknown) => boolean>): void => {
    for (const [name, rule] of Object.entries(rules)) checks[name] = [...(checks[name] ?? []), rule(value)];
  };
  const crypto = {
    hmac: (_: string, secret: string, of: string) => `signed ${secret} ${of.slice(of.indexOf('.') + 1)}`,
  };
  const plain = text
    .replace(/^import .*$/gm, '')
    .replace('export const options', 'var options')
    .replace('export default function ()', 'var main = function ()');
  const env = { SMOKE_USER: 'smoke@example.com', SMOKE_PASSWORD: 'p', WEBHOOK: 'whsec' };
  const context = createContext({ http, check, crypto, __ENV: env });
  runInContext(`${plain}\nmain();`, context);
  return { asked, checks, options: (context as { options: { thresholds: object } }).options };
}

describe('the scenario as a script for k6', () => {
  it('asks what the smoke test asks, with what earlier answers gave, and takes away what was made', () => {
    const calls = [
      call('login', {
        method: 'POST',
        json: { email: '{email}', password: '{password}' },
        body: { token: 'is:string' },
        capture: { token: 'token', userId: 'user.id' },
      }),
      call('create', {
        method: 'POST',
        headers: { authorization: 'Bearer {token}' },
        json: { owner: '{userId}', name: 'smoke {run}' },
        capture: { thingId: 'id' },
      }),
      call('show', { path: '/things/{thingId}', samples: 3 }),
    ];
    const cleanup = [
      { method: 'DELETE', path: '/things/{thingId}', headers: { authorization: 'Bearer {token}' } },
    ];
    const { asked, checks } = runScript(writeK6(scenario(calls, { cleanup })), (url) => ({
      status: 200,
      body: url.endsWith('/login') ? '{"token":"t","user":{"id":7}}' : '{"id":"a/b"}',
    }));
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /login',
      'POST /create',
      'GET /things/a%2Fb',
      'GET /things/a%2Fb',
      'GET /things/a%2Fb',
      'DELETE /things/a%2Fb',
    ]);
    expect(JSON.parse(String(asked[0]?.body))).toEqual({ email: 'smoke@example.com', password: 'p' });
    expect(JSON.parse(String(asked[1]?.body))).toEqual({
      owner: 7,
      name: expect.stringMatching(/^smoke k6-\d+$/),
    });
    expect(asked[5]?.headers.authorization).toBe('Bearer t');
    expect(checks).toEqual({ login: [true], create: [true], show: [true, true, true] });
  });

  it('E-59: signs what Stripe would sign', () => {
    const webhook = call('webhook', {
      method: 'POST',
      json: { type: 'release.smoke' },
      signedWith: 'WEBHOOK',
    });
    const { asked } = runScript(writeK6(scenario([webhook])), () => ({ status: 200, body: '{}' }));
    expect(asked[0]?.headers['stripe-signature']).toMatch(
      /^t=\d+,v1=signed whsec \{"type":"release\.smoke"\}$/,
    );
  });

  it('holds the limits of the budgets', () => {
    const { options } = runScript(writeK6(scenario([call('health')])), () => ({ status: 500, body: 'x' }));
    expect(options.thresholds).toEqual({
      'http_req_duration{call:health}': ['p(95)<100', 'max<200'],
      'checks{call:health}': ['rate>=0.995'],
    });
  });

  it('finds a wrong answer', () => {
    const calls = [
      call('a', { status: [201] }),
      call('b', { body: { 'x.y': 1 } }),
      call('c', { starts: '%PDF-' }),
    ];
    const { checks } = runScript(writeK6(scenario(calls)), () => ({ status: 200, body: '{"x":null}' }));
    expect(checks).toEqual({ a: [false], b: [false], c: [false] });
  });

  it('T45: takes nothing of what somebody wrote for a program', () => {
    const evil = [
      ['`$', '{globalThis.broken = true}`'].join(''),
      '*/ globalThis.broken = true; /*',
      '"; globalThis.broken = true; "',
      '</script><script>',
      '\u2028globalThis.broken = true',
      '\\u0022; x',
    ];
    const calls = evil.map((text, i) => call(`c${i}`, { path: '/x', json: { text }, method: 'POST' }));
    const text = writeK6(scenario(calls, { title: evil.join(' ') }));
    const data = text.slice(text.indexOf('const SCENARIO'), text.indexOf('\nconst known'));
    expect(data).not.toMatch(/[<>\u2028]/);
    const { asked } = runScript(text, () => ({ status: 200, body: '{}' }));
    expect(asked.map(({ body }) => JSON.parse(String(body)).text)).toEqual(evil);
    expect((globalThis as { broken?: boolean }).broken).toBeUndefined();
  });
});
