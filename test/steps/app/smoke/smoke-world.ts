import type { WebRequest } from '../../../../src/services/web/port.ts';
import type { SmokeOrder } from '../../../../src/steps/app/smoke/make-pass.ts';
import { runSmoke } from '../../../../src/steps/app/smoke/run-smoke.ts';
import { makeRunbook, onlyThese } from '../../../support/policy.ts';
import { makeScriptedWeb } from '../../../support/scripted-web.ts';

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

export const SMOKE = { samples: 5, writeSamples: 1, p95: 'watch', concurrency: 2, calls };
export const RUNBOOK = {
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

export const good = (request: WebRequest) => {
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

export const order = (over: Partial<SmokeOrder> = {}): SmokeOrder => ({
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

export const smoke = async (
  script: Parameters<typeof makeScriptedWeb>[0],
  over: Partial<SmokeOrder> = {},
) => {
  const { web, asked } = makeScriptedWeb(script);
  return { report: await runSmoke(onlyThese({ web }), order(over)), asked };
};

export const stateOf = (report: { endpoints: readonly { id: string; state: string }[] }, id: string) =>
  report.endpoints.find((one) => one.id === id)?.state;
