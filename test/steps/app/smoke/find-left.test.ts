import { describe, expect, it } from 'vitest';
import type { SmokeOrder } from '../../../../src/steps/app/smoke/make-pass.ts';
import { runSmoke } from '../../../../src/steps/app/smoke/run-smoke.ts';
import { MemoryStripe } from '../../../support/memory/stripe.ts';
import { makeRunbook, onlyThese } from '../../../support/policy.ts';
import { makeScriptedWeb } from '../../../support/scripted-web.ts';

type Script = Parameters<typeof makeScriptedWeb>[0];

const login = {
  id: 'login',
  row: 'SMK-03',
  path: '/login',
  capture: { token: 'token', userId: 'id' },
  budget: 'fast',
};
const thing = (find?: object) => ({
  id: 'thing',
  row: 'SMK-06',
  method: 'POST',
  path: '/things',
  as: 'user',
  json: { title: 'smoke:{version} {run}' },
  capture: { thingId: 'id' },
  writes: true,
  undo: { path: '/things/{thingId}', ...(find ? { find } : {}) },
  budget: 'fast',
});
const part = {
  ...thing(),
  id: 'part',
  path: '/things/{thingId}/parts',
  capture: { partId: 'id' },
  undo: { path: '/parts/{partId}', goesWith: 'thing' },
};
const checkout = (reference?: string) => ({
  id: 'checkout',
  row: 'SMK-09',
  method: 'POST',
  path: '/checkout',
  capture: { sessionId: 'sessionId' },
  writes: true,
  undo: { expireCheckout: '{sessionId}', ...(reference ? { reference } : {}) },
  budget: 'fast',
});
const find = { path: '/things', items: 'page.rows', name: 'title' };

const TRIED = new Date('2025-10-01T14:00:00Z');
const order = (calls: readonly object[], over: Partial<SmokeOrder> = {}): SmokeOrder => ({
  env: 'production',
  version: 'v2.1.0',
  run: 'r-20251001-1400-7f3a',
  runbook: makeRunbook({
    budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
    smoke: { samples: 1, writeSamples: 1, p95: 'watch', concurrency: 1, calls },
  }),
  clock: { now: () => TRIED, monotonic: () => 0, sleep: async () => undefined },
  signal: new AbortController().signal,
  secret: () => 'secret',
  tell: () => undefined,
  triedSince: TRIED,
  ...over,
});

/** An application in which a killed try left things 1 and 2, beside others; this run makes thing 9. */
function makeApp(rows: readonly unknown[], over?: Script) {
  const gone: string[] = [];
  const stripe = new MemoryStripe({ production: { prefix: 'live', wanted: 'live' } }, [], () => TRIED);
  stripe.sessions.set('cs_killed', 'open').set('cs_own', 'open').set('cs_customer', 'open');
  stripe.references.set('cs_killed', '42').set('cs_own', '42').set('cs_customer', '43');
  const { web, asked } = makeScriptedWeb((one, nth) => {
    if (one.method === 'DELETE') gone.push(one.path);
    if (over) return over(one, nth);
    return answer(one, nth);
  });
  const answer: Script = (one) => {
    if (one.path === '/login') return { json: { token: 'a token', id: 42 } };
    if (one.path === '/checkout') return { json: { sessionId: 'cs_own' } };
    if (one.method === 'GET' && one.path === '/things') return { json: { page: { rows } } };
    return one.method === 'DELETE' ? { status: 204 } : { json: { id: 9 } };
  };
  return { services: onlyThese({ web, stripe }), asked, gone, stripe, answer };
}

const mark = 'smoke:2.1.0 r-20251001-1400-7f3a';
const ROWS = [
  { id: 2, title: mark },
  { id: 5, title: 'smoke:2.1.0 r-20251001-1400-0000' },
  { id: 6, title: 'A customer’s own' },
  { id: 1, title: mark },
  { id: 7 },
  'no row',
];

describe('what a killed smoke test left', () => {
  it('E-72: is found by the name of the run and taken away after this try’s own, last first', async () => {
    const { services, gone, asked } = makeApp(ROWS);
    const { cleanup } = await runSmoke(services, order([login, thing(find)]));
    expect(gone).toEqual(['/things/9', '/things/1', '/things/2']);
    expect(cleanup).toEqual({ created: 3, deleted: 3, found: 2, left: [] });
    expect(asked.at(-1)?.headers?.authorization).toBe('Bearer a token');
  });

  it('E-72: is not looked for by the first try of a run', async () => {
    const { services, gone } = makeApp(ROWS);
    const { triedSince: _, ...first } = order([login, thing(find)]);
    const { cleanup } = await runSmoke(services, first);
    expect(gone).toEqual(['/things/9']);
    expect(cleanup).toEqual({ created: 1, deleted: 1, left: [] });
  });

  it('E-72: is found by other names where a list calls them otherwise', async () => {
    const { services, gone } = makeApp([{ key: 'k1', title: mark }]);
    await runSmoke(services, order([login, thing({ ...find, capture: { thingId: 'key' } })]));
    expect(gone).toEqual(['/things/9', '/things/k1']);
  });

  it('E-72: is named where a list does not tell what it takes to delete it, and never mistaken for this try’s own', async () => {
    const { services, gone } = makeApp([{ key: 'k1', title: mark }]);
    const { cleanup } = await runSmoke(services, order([login, thing(find)]));
    expect(gone).toEqual(['/things/9']);
    expect(cleanup).toMatchObject({
      deleted: 1,
      left: ['what POST /things made; its answer gave no thingId'],
    });
  });

  it('E-72: needs no search where it goes with what is found', async () => {
    const { services } = makeApp(ROWS);
    const { cleanup } = await runSmoke(services, order([login, thing(find), part]));
    expect(cleanup.left).toEqual([]);
  });

  it('E-72: is named, where there is no way to find it', async () => {
    const { services } = makeApp(ROWS);
    const { cleanup } = await runSmoke(services, order([login, thing(), checkout()]));
    expect(cleanup.left).toEqual([
      'what a killed try of POST /things may have made; it carries the name r-20251001-1400-7f3a',
      'what a killed try of POST /checkout may have made; it carries the name r-20251001-1400-7f3a',
    ]);
  });

  it.each([
    ['answers 500', { status: 500, json: { page: { rows: ROWS } } }],
    ['is no list', { json: { page: {} } }],
  ])('E-72: is named when the list %s', async (_, listed) => {
    const world = makeApp([], (one) =>
      one.method === 'GET' && one.path === '/things' ? listed : world.answer(one, 1),
    );
    const { cleanup } = await runSmoke(world.services, order([login, thing(find)]));
    expect(cleanup.left).toEqual([
      expect.stringMatching(/^what a killed try of POST \/things may have made/),
    ]);
  });

  it('E-72: is told when it is found and cannot be deleted', async () => {
    const world = makeApp(ROWS, (one) => (one.path === '/things/1' ? { status: 500 } : world.answer(one, 1)));
    const { cleanup } = await runSmoke(world.services, order([login, thing(find)]));
    expect(cleanup).toEqual({ created: 3, deleted: 2, found: 2, left: ['DELETE /things/1'] });
  });

  it('E-73: is a session of the test user that nobody may pay; a customer’s stays open', async () => {
    const { services, stripe } = makeApp([]);
    const { cleanup } = await runSmoke(services, order([login, checkout('{userId}')]));
    expect(Object.fromEntries(stripe.sessions)).toEqual({
      cs_killed: 'expired',
      cs_own: 'expired',
      cs_customer: 'open',
    });
    expect(cleanup).toEqual({ created: 2, deleted: 2, found: 1, left: [] });
  });

  it('E-73: is not looked for under a reference that nobody knows', async () => {
    const { services, stripe } = makeApp([]);
    const { cleanup } = await runSmoke(services, order([checkout('{userId}')]));
    expect(stripe.sessions.get('cs_killed')).toBe('open');
    expect(cleanup.left).toEqual([expect.stringMatching(/^what a killed try of POST \/checkout may have/)]);
  });
});

describe('what a smoke test of a broken application left', () => {
  const strict = { ...thing(find), body: { title: mark } };
  const first = (calls: readonly object[]): SmokeOrder => {
    const { triedSince: _, ...rest } = order(calls);
    return rest;
  };
  /** POST answers with a customer's record 6 instead of the one that it made. */
  const makeBroken = (
    rows: readonly unknown[],
    made: object = { json: { id: 6, title: 'A customer’s own' } },
  ) => {
    const world = makeApp(rows, (one) =>
      one.method === 'POST' && one.path === '/things' ? made : world.answer(one, 1),
    );
    return world;
  };

  it('E-72: is never what a wrong answer names: only what carries the run’s name is taken away', async () => {
    const { services, gone } = makeBroken(ROWS);
    const { cleanup } = await runSmoke(services, first([login, strict]));
    expect(gone).toEqual(['/things/1', '/things/2']);
    expect(cleanup).toEqual({ created: 2, deleted: 2, left: [] });
  });

  it('E-72: is listed with the name to look for, where nothing carries it', async () => {
    const { services, gone } = makeBroken([{ id: 6, title: 'A customer’s own' }]);
    const { cleanup } = await runSmoke(services, first([login, strict]));
    expect(gone).toEqual([]);
    expect(cleanup.left).toEqual([
      'what POST /things may have made; it carries the name r-20251001-1400-7f3a',
    ]);
  });

  it('E-72: is listed, where a wrong answer comes without a way to find the record', async () => {
    const { services, gone } = makeBroken(ROWS);
    const { cleanup } = await runSmoke(services, first([login, { ...thing(), body: { title: mark } }]));
    expect([gone, cleanup.left.length]).toEqual([[], 1]);
  });

  it('E-72: takes no id from a refusal, so that later calls are not sent at a stranger’s record', async () => {
    const { services, asked } = makeBroken([], { status: 409, json: { id: 6 } });
    await runSmoke(services, first([login, strict, part]));
    expect(asked.map(({ path }) => path)).not.toContain('/things/6/parts');
  });
});
