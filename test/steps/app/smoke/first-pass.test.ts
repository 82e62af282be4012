import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src/steps/app/smoke/call.ts';
import { findNeeds } from '../../../../src/steps/app/smoke/find-needs.ts';
import { type Pass, passOnce } from '../../../../src/steps/app/smoke/first-pass.ts';
import { makeRunbook, onlyThese } from '../../../support/policy.ts';
import { makeScriptedWeb } from '../../../support/scripted-web.ts';

const one = (id: string, more: object = {}) => ({
  id,
  row: 'SMK-01',
  path: `/${id}`,
  budget: 'fast',
  ...more,
});
const readCalls = (calls: readonly object[]): readonly Call[] =>
  makeRunbook({
    budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
    smoke: { calls },
  }).smoke?.calls ?? [];

const SCENARIO = readCalls([
  one('health'),
  one('login', { capture: { token: 'token' } }),
  one('create', { as: 'user', capture: { thingId: 'id' } }),
  one('show', { as: 'user', path: '/things/{thingId}' }),
  one('list', { as: 'user' }),
  one('compare', { body: { total: '{thingId}' }, after: 'list' }),
]);

/** Answers a path when it is told to. */
function makeHeldWeb() {
  const held = new Map<string, () => void>();
  const { web, asked } = makeScriptedWeb(() => ({ json: { token: 't', id: 7, total: '7' } }));
  const request: typeof web.request = async (env, asking) => {
    const answer = web.request(env, asking);
    await new Promise<void>((resolve) => held.set(asking.path, resolve));
    return answer;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    services: onlyThese({ web: { request } }),
    paths: () => asked.map(({ path }) => path).sort(),
    answer: async (path: string) => {
      held.get(path)?.();
      await settle();
    },
    settle,
  };
}

const passOf = (services: ReturnType<typeof makeHeldWeb>['services'], over: Partial<Pass> = {}): Pass => ({
  calls: SCENARIO,
  concurrency: 10,
  clock: { now: () => new Date(0), monotonic: () => 0, sleep: async () => undefined },
  leaveOut: () => undefined,
  tell: () => undefined,
  sending: {
    services,
    env: 'production',
    known: new Map(),
    bypass: {},
    signal: new AbortController().signal,
  },
  created: [],
  writes: [],
  stop: new AbortController().signal,
  over: new AbortController().signal,
  ...over,
});

describe('the first pass', () => {
  it('M5: a call waits for what it fills in, and for what it names, and for nothing else', () => {
    expect(SCENARIO.map((call) => findNeeds(call, SCENARIO))).toEqual([
      [],
      [],
      ['login'],
      ['login', 'create'],
      ['login'],
      ['create', 'list'],
    ]);
  });

  it('E-71: never waits for a call behind it', () => {
    const calls = readCalls([
      one('show', { path: '/things/{thingId}' }),
      one('create', { capture: { thingId: 'id' } }),
    ]);
    expect(findNeeds(calls[0] as Call, calls)).toEqual([]);
  });

  it('M5: sends each call as soon as that is there', async () => {
    const { services, paths, answer, settle } = makeHeldWeb();
    const passing = passOnce(passOf(services));
    await settle();
    expect(paths()).toEqual(['/health', '/login']);
    await answer('/login');
    expect(paths()).toEqual(['/create', '/health', '/list', '/login']);
    await answer('/create');
    expect(paths()).toContain('/things/7');
    expect(paths()).not.toContain('/compare');
    await answer('/list');
    for (const path of ['/compare', '/things/7', '/health']) await answer(path);
    const passed = await passing;
    expect([...passed.values()].map(({ notRun }) => notRun)).toEqual(Array(6).fill(undefined));
  });

  it('T7: has no more under way than it may', async () => {
    const { services, paths, answer, settle } = makeHeldWeb();
    const passing = passOnce(passOf(services, { concurrency: 1 }));
    await settle();
    expect(paths()).toEqual(['/health']);
    await answer('/health');
    expect(paths()).toEqual(['/health', '/login']);
    for (const path of ['/login', '/create', '/list', '/things/7', '/compare']) await answer(path);
    await passing;
  });

  it('SMK-00: sends nothing more when the time of the whole suite is over, and calls that not run', async () => {
    const over = new AbortController();
    const { services, paths, answer, settle } = makeHeldWeb();
    const passing = passOnce(passOf(services, { over: over.signal }));
    await settle();
    over.abort();
    await answer('/login');
    await answer('/health');
    const passed = await passing;
    expect(paths()).toEqual(['/health', '/login']);
    expect(passed.get('create')?.notRun).toBe('the time of the whole suite was over');
  });
});
