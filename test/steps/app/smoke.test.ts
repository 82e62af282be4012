import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { StepContext } from '../../../src/kit.ts';
import type { WebRequest } from '../../../src/services/web/port.ts';
import type { SmokeOrder } from '../../../src/steps/app/smoke/make-pass.ts';
import { runSmoke } from '../../../src/steps/app/smoke/run-smoke.ts';
import { smokeTest } from '../../../src/steps/app/smoke-test.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';

const calls = [
  {
    id: 'health',
    row: 'SMK-01',
    path: '/health',
    body: { status: 'ok', version: '{version}' },
    budget: 'fast',
  },
  {
    id: 'login',
    row: 'SMK-03',
    method: 'POST',
    path: '/login',
    json: { email: '{email}', password: '{password}' },
    body: { token: 'is:string' },
    capture: { token: 'token' },
    budget: 'fast',
  },
  {
    id: 'create',
    row: 'SMK-06',
    method: 'POST',
    path: '/things',
    as: 'user',
    json: { name: 'smoke {run}', facility: 1 },
    status: [201],
    capture: { thingId: 'id' },
    writes: true,
    undo: { path: '/things/{thingId}' },
    budget: 'slow',
  },
  {
    id: 'fetch',
    row: 'SMK-07',
    path: '/things/{thingId}',
    as: 'user',
    body: { 'parts.0.id': 'is:number' },
    budget: 'fast',
  },
  {
    id: 'download',
    row: 'SMK-13',
    path: '/pdf',
    status: [200],
    starts: '%PDF-',
    until: { everySeconds: 1, forSeconds: 3 },
    budget: 'slow',
  },
  {
    id: 'checkout',
    row: 'SMK-09',
    method: 'POST',
    path: '/checkout',
    needs: 'checkout-price',
    writes: true,
    budget: 'slow',
  },
];

const SMOKE = { samples: 5, writeSamples: 1, p95: 'watch', concurrency: 2, calls };
const RUNBOOK = {
  environments: {
    production: { url: 'https://rur2.example', smoke: { user: '$SMOKE_USER', password: '$SMOKE_PASSWORD' } },
  },
  budgets: {
    fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0.1 },
    slow: { row: 'PER-05', endpoint: 'POST /things', p95Ms: 400, errorPercent: 1 },
  },
  smoke: SMOKE,
};
const runbook = makeRunbook(RUNBOOK);

const good = (request: WebRequest) => {
  if (request.path === '/health') return { json: { status: 'ok', version: '2.1.0' } };
  if (request.path === '/login') return { json: { token: 'a token' } };
  if (request.method === 'POST' && request.path === '/things') return { status: 201, json: { id: 4512 } };
  if (request.method === 'DELETE') return { status: 204 };
  if (request.path === '/pdf') return { text: '%PDF-1.4' };
  return { json: { parts: [{ id: 7 }] } };
};

/** Sleeping takes no time; only the number of sleeps passes. */
const makeClock = () => {
  let ms = 0;
  const sleep = async (pause: number): Promise<void> => {
    ms += pause;
  };
  return { now: () => new Date(ms), monotonic: () => ms, sleep };
};

const order = (over: Partial<SmokeOrder> = {}): SmokeOrder => ({
  env: 'production',
  version: 'v2.1.0',
  run: 'r-1',
  runbook,
  clock: makeClock(),
  signal: new AbortController().signal,
  secret: (name) => `value of ${name}`,
  tell: () => undefined,
  ...over,
});

const smoke = async (script: Parameters<typeof makeScriptedWeb>[0], over: Partial<SmokeOrder> = {}) => {
  const { web, asked } = makeScriptedWeb(script);
  return { report: await runSmoke(onlyThese({ web }), order(over)), asked };
};

const stateOf = (report: { endpoints: readonly { id: string; state: string }[] }, id: string) =>
  report.endpoints.find((one) => one.id === id)?.state;

describe('the smoke scenario', () => {
  it('SMK-00: says go when every endpoint answers as expected, with the samples it needs', async () => {
    const { report, asked } = await smoke(good);
    expect(report.call).toBe('go');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({
      n: 5,
      p95Ms: 5,
      state: 'pass',
    });
    // Once in the first pass, once to open the lane's connection, and then for the figures.
    expect(asked.filter((one) => one.path === '/health')).toHaveLength(7);
  });

  it('SMK-06F: sends a call that writes once, and takes away what it made', async () => {
    const { report, asked } = await smoke(good);
    expect(asked.filter((one) => one.method === 'POST' && one.path === '/things')).toHaveLength(1);
    expect(asked.filter((one) => one.method === 'DELETE').map((one) => one.path)).toEqual(['/things/4512']);
    expect(report.cleanup).toEqual({ created: 1, deleted: 1, left: [] });
  });

  it('SMK-06F: sends a call once that does not say whether it writes, unless it is a GET', async () => {
    const { asked } = await smoke(good);
    expect(asked.filter((one) => one.path === '/login')).toHaveLength(1);
    expect(asked.filter((one) => one.path === '/pdf')).toHaveLength(7);
  });

  it('SMK-07F: uses the captured id and the captured token', async () => {
    const { asked } = await smoke(good);
    const fetched = asked.find((one) => one.path === '/things/4512' && one.method === 'GET');
    expect(fetched?.headers?.authorization).toBe('Bearer a token');
  });

  it('SMK-03F: logs in with the configured account, whose secrets stand in no path', async () => {
    const { asked } = await smoke(good);
    expect(asked.find((one) => one.path === '/login')?.body).toContain('value of $SMOKE_PASSWORD');
    expect(asked.some((one) => one.path.includes('value of'))).toBe(false);
  });

  it('T46: keeps nothing of what people’s records hold, nor of the account it uses, whether calls pass or fail', async () => {
    const personal = { name: 'Canary Person', mail: 'canary@people.example', token: 'canary-token' };
    const seen = [
      await smoke((one) => ({ ...good(one), ...(one.path === '/login' ? { json: personal } : {}) })),
      await smoke((one) => ({ status: 500, json: { error: personal, sent: one.body } })),
      await smoke(() => ({ json: { ...personal, parts: personal, id: personal } })),
    ];
    for (const { report, asked } of seen) {
      expect(asked.length).toBeGreaterThan(1);
      expect(JSON.stringify(report)).not.toMatch(/canary|value of/i);
    }
  });

  it('E-78: a 200 of the old build is a failure', async () => {
    const { report } = await smoke((one) =>
      one.path === '/health' ? { json: { status: 'ok', version: '2.0.3' } } : good(one),
    );
    expect(report.call).toBe('no-go');
    expect(stateOf(report, 'health')).toBe('fail');
  });

  it('E-71: what lives on a failed call is not run, and that is no pass', async () => {
    const { report, asked } = await smoke((one) => (one.path === '/things' ? { status: 500 } : good(one)));
    expect(stateOf(report, 'create')).toBe('fail');
    expect(stateOf(report, 'fetch')).toBe('unknown');
    expect(asked.some((one) => one.path.includes('{'))).toBe(false);
  });

  it('E-72: lists what could not be deleted', async () => {
    const { report } = await smoke((one) => (one.method === 'DELETE' ? { status: 500 } : good(one)));
    expect(report.cleanup).toEqual({ created: 1, deleted: 0, left: ['DELETE /things/4512'] });
  });

  it('E-72: lists what a wrong answer may have made, and deletes nothing that only it names', async () => {
    const { report, asked } = await smoke((one) =>
      one.method === 'POST' && one.path === '/things' ? { status: 200, json: { id: 4512 } } : good(one),
    );
    expect(stateOf(report, 'create')).toBe('fail');
    expect(asked.filter((one) => one.method === 'DELETE')).toEqual([]);
    expect(report.cleanup.left).toEqual(['what POST /things may have made; it carries the name r-1']);
  });

  it('E-72: lists what was made under an id that nobody was told', async () => {
    const { report, asked } = await smoke((one) =>
      one.method === 'POST' && one.path === '/things' ? { status: 201, json: {} } : good(one),
    );
    expect(asked.some((one) => one.method === 'DELETE')).toBe(false);
    expect(report.cleanup.left).toEqual(['what POST /things made; its answer gave no thingId']);
  });

  it('E-72: lists what a lost answer may have made', async () => {
    const lost = new ReleaseError('E_APP_DOWN', { what: 'no answer', next: 'look', state: 'unclear' });
    const { report } = await smoke((one) => {
      if (one.method === 'POST' && one.path === '/things') throw lost;
      return good(one);
    });
    expect(report.cleanup.left).toEqual(['what POST /things may have made; it carries the name r-1']);
  });

  it('E-72: a request that never left has made nothing', async () => {
    const unsent = new ReleaseError('E_APP_DOWN', { what: 'refused', next: 'look', state: 'untouched' });
    const { report } = await smoke((one) => {
      if (one.method === 'POST' && one.path === '/things') throw unsent;
      return good(one);
    });
    expect(report.cleanup).toEqual({ created: 0, deleted: 0, left: [] });
  });

  it('E-72: says what stays behind also when it is stopped in the middle of a write', async () => {
    const stop = new AbortController();
    const { web } = makeScriptedWeb((one) => {
      if (one.method !== 'POST' || one.path !== '/things') return good(one);
      stop.abort();
      throw new Error('stopped');
    });
    const told: string[] = [];
    const stopped = order({ signal: stop.signal, tell: (said) => void told.push(said) });
    await expect(runSmoke(onlyThese({ web }), stopped)).rejects.toThrow('stopped');
    expect(told).toContain('left behind: what POST /things may have made; it carries the name r-1');
  });

  it('E-75: polls until the export is ready, and measures the answer that was', async () => {
    const { report } = await smoke((one, nth) =>
      one.path === '/pdf' && nth < 3 ? { status: 202, tookMs: 999 } : good(one),
    );
    expect(report.endpoints.find((one) => one.id === 'download')).toMatchObject({ state: 'pass', maxMs: 5 });
  });

  it('SMK-13F: gives up polling at its limit', async () => {
    const { report } = await smoke((one) => (one.path === '/pdf' ? { status: 202 } : good(one)));
    expect(stateOf(report, 'download')).toBe('fail');
  });

  it('SMK-09F: leaves a call out, and says so, when what it needs is not configured', async () => {
    const { report } = await smoke(good);
    expect(report.endpoints.find((one) => one.id === 'checkout')).toMatchObject({
      state: 'skip',
      said: 'no checkout price is configured: not proven',
    });
  });

  const judged = (samples: number) => makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, samples, p95: 'here' } });

  it('E-24: twenty fast answers prove no P95: inconclusive, and how many it takes is said', async () => {
    const { report } = await smoke(good, { runbook: judged(20) });
    expect(report.call).toBe('hold');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({
      state: 'unknown',
      verdict: 'inconclusive',
      needed: 59,
    });
  });

  it('E-24: fifty-nine may; a call that writes is judged by errors and max alone, and that is said', async () => {
    const { report } = await smoke(good, { runbook: judged(59) });
    expect(report.call).toBe('go');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({ verdict: 'pass', n: 59 });
    expect(report.endpoints.find((one) => one.id === 'create')).toMatchObject({
      state: 'pass',
      verdict: 'inconclusive',
      p95Judged: 'watch',
      n: 1,
    });
  });

  it('E-24: makes a few records for the samples of a call that writes, and takes every one of them away', async () => {
    let id = 0;
    const { report, asked } = await smoke(
      (one) => {
        if (one.method !== 'POST' || one.path !== '/things') return good(one);
        id += 1;
        return { status: 201, json: { id } };
      },
      { runbook: makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, writeSamples: 3 } }) },
    );
    expect(report.endpoints.find((one) => one.id === 'create')).toMatchObject({ n: 3, state: 'pass' });
    expect(asked.filter((one) => one.method === 'DELETE').map((one) => one.path)).toEqual([
      '/things/3',
      '/things/2',
      '/things/1',
    ]);
    expect(asked.some((one) => one.method === 'GET' && one.path === '/things/3')).toBe(false);
  });

  it('RBV-1: asks less for a rollback, whose users wait', async () => {
    const rollback = { samples: 3, writeSamples: 1, p95: 'watch' };
    const both = makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, samples: 9, rollback } });
    const { report } = await smoke(good, { runbook: both, variant: 'rollback' });
    expect(report).toMatchObject({
      call: 'go',
      endpoints: expect.arrayContaining([expect.objectContaining({ id: 'health', n: 3 })]),
    });
  });

  it('SMK-01L: fails for answers over the limit', async () => {
    const { report } = await smoke((one) => ({ ...good(one), tookMs: one.path === '/health' ? 120 : 5 }), {
      runbook: judged(5),
    });
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({ state: 'fail', p95Ms: 120 });
  });

  it('takes away what it made also when it is stopped in the middle', async () => {
    const stop = new AbortController();
    const { web, asked } = makeScriptedWeb((one) => {
      if (one.path.startsWith('/things/') && one.method === 'GET') {
        stop.abort();
        throw new Error('stopped');
      }
      return good(one);
    });
    await expect(runSmoke(onlyThese({ web }), order({ signal: stop.signal }))).rejects.toThrow('stopped');
    expect(asked.filter((one) => one.method === 'DELETE')).toHaveLength(1);
  });

  it('E-72: lists what stays when a second Ctrl-C ends the taking away as well', async () => {
    const [stop, leave] = [new AbortController(), new AbortController()];
    const told: string[] = [];
    const { web, asked } = makeScriptedWeb((one) => {
      if (one.path !== '/pdf') return good(one);
      stop.abort();
      leave.abort();
      throw new Error('stopped');
    });
    const tell = (said: string) => void told.push(said);
    const stopped = order({ signal: stop.signal, leave: leave.signal, tell });
    await expect(runSmoke(onlyThese({ web }), stopped)).rejects.toThrow('stopped');
    expect(asked.some((one) => one.method === 'DELETE')).toBe(false);
    expect(told).toContain('left behind: DELETE /things/4512');
  });

  it.each([
    [1, []],
    [2, ['what a killed try of POST /things may have made; it carries the name r-1']],
  ])('E-72: says at try %i what a killed one before it may have left', async (attempt, left) => {
    const { web } = makeScriptedWeb(good);
    const tried = { attempt, intentAt: '2025-10-01T14:00:00Z', guard: () => undefined, facts: {} };
    const context = { ...order(), ...tried };
    const done = await smokeTest.run(
      onlyThese({ web }),
      { env: 'production', version: 'v2.1.0' },
      context as unknown as StepContext,
    );
    expect(done.cleanup).toMatchObject({ left });
  });

  it('PRE-15: wants the name that was proven to answer, which may be a candidate’s own', async () => {
    const { web } = makeScriptedWeb((one) =>
      one.path === '/health' ? { json: { status: 'ok', version: '2.1.0-rc.1' } } : good(one),
    );
    const facts = { 'prove-live': { version: '2.1.0-rc.1', answers: 3, tookMs: 1 } };
    const context = { ...order(), attempt: 1, guard: () => undefined, facts };
    const done = await smokeTest.run(
      onlyThese({ web }),
      { env: 'production', version: '2.1.0' },
      context as unknown as StepContext,
    );
    expect(done).toMatchObject({ call: 'go', version: '2.1.0-rc.1' });
  });

  it('reads only when asked to', async () => {
    const { report, asked } = await smoke(good, { readOnly: true });
    expect(asked.some((one) => one.path === '/things')).toBe(false);
    expect(stateOf(report, 'create')).toBe('skip');
  });

  it('leaves out what lives on a call that was left out, and can still be healthy', async () => {
    const { report } = await smoke(good, { readOnly: true });
    expect(stateOf(report, 'fetch')).toBe('skip');
    expect(report.call).toBe('go');
  });

  it('refuses without a scenario', async () => {
    await expect(smoke(good, { runbook: makeRunbook() })).rejects.toMatchObject({ code: 'E_SMOKE_OFF' });
  });
});
