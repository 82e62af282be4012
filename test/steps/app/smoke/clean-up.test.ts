import { describe, expect, it } from 'vitest';
import type { Created } from '../../../../src/steps/app/smoke/call.ts';
import { cleanUp } from '../../../../src/steps/app/smoke/clean-up.ts';
import { MemoryStripe } from '../../../support/memory/stripe.ts';
import { makeRunbook, onlyThese } from '../../../support/policy.ts';
import { makeScriptedWeb } from '../../../support/scripted-web.ts';

const runbook = makeRunbook({
  budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
  smoke: {
    calls: [
      { id: 'thing', row: 'SMK-06', path: '/things', budget: 'fast', undo: { path: '/things/{thingId}' } },
      {
        id: 'checkout',
        row: 'SMK-09',
        path: '/checkout',
        budget: 'fast',
        undo: { expireCheckout: '{sessionId}' },
      },
      { id: 'health', row: 'SMK-01', path: '/health', budget: 'fast' },
    ],
  },
});
const created = (id: string, known: Readonly<Record<string, string | number>>): Created => {
  const call = runbook.smoke?.calls.find((one) => one.id === id);
  if (call === undefined) throw new TypeError(`no call ${id}`);
  return { call, known: new Map(Object.entries(known)) };
};

async function clean(
  records: readonly Created[],
  script: Parameters<typeof makeScriptedWeb>[0] = () => ({ status: 204 }),
  sessions: Readonly<Record<string, 'open' | 'complete' | 'expired'>> = {},
  signal = new AbortController().signal,
) {
  const { web, asked } = makeScriptedWeb(script);
  const stripe = new MemoryStripe({ production: { prefix: 'live', wanted: 'live' } }, [], () => new Date(0));
  for (const [id, state] of Object.entries(sessions)) stripe.sessions.set(id, state);
  const report = await cleanUp(records, {
    services: onlyThese({ web, stripe }),
    env: 'production',
    known: new Map(),
    bypass: { 'x-bypass': 'let me in' },
    signal,
  });
  return { report, asked, stripe };
}

describe('what a smoke run takes away again', () => {
  it('E-72: is everything it made, last first, as the user who made it, through maintenance mode', async () => {
    const records = [
      created('thing', { thingId: 1, token: 'a' }),
      created('thing', { thingId: 2, token: 'b' }),
    ];
    const { report, asked } = await clean(records);
    expect(asked).toMatchObject([
      {
        method: 'DELETE',
        path: '/things/2',
        headers: { 'x-bypass': 'let me in', authorization: 'Bearer b' },
      },
      { method: 'DELETE', path: '/things/1', headers: { authorization: 'Bearer a' } },
    ]);
    expect(report).toEqual({ created: 2, deleted: 2, left: [] });
  });

  it('E-73: expires a checkout session, so that nobody can pay it', async () => {
    const { report, stripe } = await clean([created('checkout', { sessionId: 'cs_1' })], undefined, {
      cs_1: 'open',
    });
    expect(stripe.sessions.get('cs_1')).toBe('expired');
    expect(report).toEqual({ created: 1, deleted: 1, left: [] });
  });

  it('E-73: names a checkout session that could not be expired', async () => {
    const { report } = await clean([created('checkout', { sessionId: 'cs_2' })], undefined, {
      cs_2: 'complete',
    });
    expect(report).toEqual({ created: 1, deleted: 0, left: ['checkout session cs_2 at Stripe'] });
  });

  it.each([
    [200, []],
    [204, []],
    [404, []],
    [410, []],
    [300, ['DELETE /things/7']],
    [401, ['DELETE /things/7']],
    [409, ['DELETE /things/7']],
    [500, ['DELETE /things/7']],
  ])('E-72: is gone or listed by what the application answers: %i', async (status, left) => {
    const { report } = await clean([created('thing', { thingId: 7 })], () => ({ status }));
    expect(report.left).toEqual(left);
    expect(report.deleted).toBe(1 - left.length);
  });

  it('E-72: goes on after one that did not work, and forgets none', async () => {
    const records = [1, 2, 3].map((thingId) => created('thing', { thingId }));
    const { report, asked } = await clean(records, ({ path }) => {
      if (path === '/things/2') throw new Error('socket');
      return { status: 204 };
    });
    expect(asked.map(({ path }) => path)).toEqual(['/things/3', '/things/2', '/things/1']);
    expect(report).toEqual({ created: 3, deleted: 2, left: ['DELETE /things/2'] });
  });

  it('is under one time limit, at whose end the rest is listed and nothing more is sent', async () => {
    const limit = new AbortController();
    const records = [created('checkout', { sessionId: 'cs_1' }), created('thing', { thingId: 1 })];
    const { report, asked, stripe } = await clean(
      [...records, created('thing', { thingId: 2 })],
      () => {
        limit.abort();
        throw new Error('aborted');
      },
      { cs_1: 'open' },
      limit.signal,
    );
    expect(asked.map(({ path, signal }) => ({ path, signal }))).toEqual([
      { path: '/things/2', signal: limit.signal },
    ]);
    expect(report.left).toEqual(['DELETE /things/2', 'DELETE /things/1', 'checkout session cs_1 at Stripe']);
    expect(stripe.sessions.get('cs_1')).toBe('open');
  });

  it('keeps a captured value one harmless segment of the path', async () => {
    const { asked } = await clean([created('thing', { thingId: '../users?all=1' })]);
    expect(asked[0]?.path).toBe('/things/..%2Fusers%3Fall%3D1');
  });
});
