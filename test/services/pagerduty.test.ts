import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runbookSchema } from '../../src/config/schema/index.ts';
import {
  type OnCallEntry,
  type PagerDutyOptions,
  type PagerDutyStandIn,
  startPagerDuty,
} from '../../src/sandbox/servers/pagerduty/start.ts';
import { makePagerDuty } from '../../src/services/pagerduty/real.ts';
import type { Surroundings } from '../../src/services/surroundings.ts';
import { failureOf } from '../support/failure-of.ts';

const TOKEN = 'pagerDutyCanary0001';
const HOUR = 3_600_000;
const T0 = Date.parse('2026-11-24T15:00:00Z');
const DAY = { from: T0, to: T0 + 24 * HOUR };
const iso = (hour: number): string => new Date(T0 + hour * HOUR).toISOString();

const alex = { id: 'PALEX', name: 'Alex Example', email: 'alex@example.com' };
const kim = { id: 'PKIM', name: 'Kim Example', email: 'kim@example.com' };
const entry = (over: Partial<OnCallEntry> = {}): OnCallEntry => ({
  ...{ user: alex, schedule: 'PROTA1', policy: 'PPOL1', level: 1, start: iso(-6), end: iso(30) },
  ...over,
});

const slept: number[] = [];
let server: PagerDutyStandIn;
const open = (over: { readonly token?: string; readonly url?: string } = {}) => {
  const head = { service: 'rur2', product: 'RuR2', timezone: 'America/New_York' };
  const roles = { 'on-call': { schedule: 'PROTA1' }, second: { policy: 'PPOL1', level: 2 } };
  const pagerduty = { apiUrl: over.url ?? `${server.url}/`, token: '$PD', timeoutSeconds: 0.3, roles };
  const surroundings: Surroundings = {
    runbook: runbookSchema.parse({
      ...head,
      services: { pagerduty },
      environments: { production: { url: 'https://rur2.example' } },
    }),
    secrets: { read: () => over.token ?? TOKEN, has: () => true, learn: () => {} },
    clock: { now: () => new Date(T0), monotonic: () => 0, sleep: async (ms) => void slept.push(ms) },
    root: '/',
    fetch: globalThis.fetch,
    proxyOf: () => undefined,
  };
  return makePagerDuty(surroundings);
};

const start = async (over: Partial<PagerDutyOptions> = {}) => {
  const started = await startPagerDuty({ token: TOKEN, entries: [entry()], ...over });
  return started;
};
beforeAll(async () => {
  server = await start();
});
afterAll(() => server.close());
beforeEach(() => {
  slept.splice(0);
  server.put([entry()]);
});

describe('who is on call, by PagerDuty', () => {
  it('OWN-08: tells the shifts of a schedule that touch the time, with the people whole', async () => {
    server.put([entry(), entry({ user: kim, start: iso(30), end: iso(60) }), entry({ schedule: 'POTHER' })]);
    expect(await open().listShifts('on-call', DAY)).toEqual([
      { ...alex, from: T0 - 6 * HOUR, to: T0 + 30 * HOUR },
    ]);
  });

  it('takes of a policy the wanted level alone, and a permanent entry as without end', async () => {
    server.put([entry(), entry({ user: kim, schedule: null, level: 2, start: null, end: null })]);
    expect(await open().listShifts('second', DAY)).toEqual([
      { ...kim, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
    ]);
  });

  it('reads every page, and says nobody only when there is nobody', async () => {
    const before = server.calls.length;
    server.put(Array.from({ length: 230 }, (_, i) => entry({ start: iso(i / 10), end: iso((i + 1) / 10) })));
    expect(await open().listShifts('on-call', DAY)).toHaveLength(230);
    expect(server.calls.length - before).toBe(3);
    server.put([]);
    expect(await open().listShifts('on-call', DAY)).toEqual([]);
  });

  it('F57: never believes half of a rota that has no end', async () => {
    server.put(Array.from({ length: 2_001 }, () => entry()));
    expect((await failureOf(open().listShifts('on-call', DAY))).code).toBe('E_PAGERDUTY_REFUSED');
  });

  it('waits as long as the limit says, and asks again', async () => {
    server.addFault({
      path: /oncalls/,
      times: 1,
      answer: { status: 429, headers: { 'ratelimit-reset': '3' } },
    });
    expect(await open().listShifts('on-call', DAY)).toHaveLength(1);
    expect(slept).toEqual([3_000]);
  });

  it.each([
    ['a limit that lasts', { status: 429, headers: { 'ratelimit-reset': '50' } }, 'E_PAGERDUTY_BUSY'],
    ['a right that is missing', { status: 403, json: { error: { message: 'no' } } }, 'E_PAGERDUTY_KEY'],
    [
      'an unknown schedule',
      { status: 404, json: { error: { message: 'Not Found' } } },
      'E_PAGERDUTY_REFUSED',
    ],
    ['a broken server', { status: 502 }, 'E_PAGERDUTY_UNREACHABLE'],
    ['a page of somebody else', { status: 200, text: '<html>' }, 'E_PAGERDUTY_UNREACHABLE'],
    ['a list without its end', { status: 200, json: { oncalls: [] } }, 'E_PAGERDUTY_UNREACHABLE'],
    [
      'a moment that is none',
      { status: 200, json: { oncalls: [{ start: 'soon' }], more: false } },
      'E_PAGERDUTY_UNREACHABLE',
    ],
    ['no answer', 'hang', 'E_PAGERDUTY_UNREACHABLE'],
  ] as const)('F56: tells %s and changes nothing', async (_, answer, code) => {
    server.addFault({ path: /oncalls/, times: 9, answer });
    const failed = await failureOf(open().listShifts('on-call', DAY));
    expect([failed.code, failed.text.state]).toEqual([code, 'untouched']);
    expect(JSON.stringify(failed.text)).not.toContain(TOKEN);
    await server.close();
    server = await start();
  });

  it('T05: tells a refused token by the name of its secret, and one with a line end before it is sent', async () => {
    const wrong = await failureOf(open({ token: 'wrong' }).listShifts('on-call', DAY));
    expect([wrong.code, wrong.text.next]).toEqual(['E_PAGERDUTY_KEY', expect.stringContaining('PD')]);
    const calls = server.calls.length;
    expect((await failureOf(open({ token: 'two\nlines' }).listShifts('on-call', DAY))).code).toBe(
      'E_PAGERDUTY_KEY',
    );
    expect(server.calls).toHaveLength(calls);
  });

  it('T25: follows no redirect with the token', async () => {
    const away = { status: 302, headers: { location: 'http://127.0.0.1:1/' } };
    server.addFault({ path: /oncalls/, times: 3, answer: away });
    expect((await failureOf(open().listShifts('on-call', DAY))).code).toBe('E_PAGERDUTY_UNREACHABLE');
  });

  it('asks nothing of a role that nobody has given a schedule', async () => {
    expect((await failureOf(open().listShifts('toString', DAY))).code).toBe('E_NOT_CONFIGURED');
  });
});
