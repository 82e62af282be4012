import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveOrder } from '../../../src/cli/watch/live-order.ts';
import { runLive } from '../../../src/cli/watch/run-live.ts';
import { loadRunbook } from '../../../src/config/load.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { minutes } from '../../../src/domain/duration.ts';
import { nearestRank } from '../../../src/domain/percentile.ts';
import type { Change } from '../../../src/domain/watch/change.ts';
import { type FaultPhase, FaultPlay, type Mishap } from '../../../src/sandbox/servers/host/fault-script.ts';
import type { RouteMinute } from '../../../src/services/metrics/port.ts';
import type { Services } from '../../../src/services/services.ts';
import type { WebAnswer, WebRequest } from '../../../src/services/web/port.ts';
import { makeVirtualClock } from '../../support/virtual-clock.ts';
import { makeCliWorld } from '../cli-world.ts';

const START = Date.UTC(2025, 9, 1, 14);
const USUAL_MS = 20;
/** As long as the real adapter waits. */
const PATIENCE_MS = 10_000;
const ROUTES = ['GET /api/assessments', 'GET /api/auth/me', 'POST /api/payments/webhook'];
const ANSWERS: Readonly<Record<string, object>> = {
  'GET /health': { status: 'ok', version: '2.1.0', timestamp: 'now' },
  'POST /api/auth/login': { token: 'a.token', user: {} },
  'POST /api/payments/webhook': { received: true },
};

const own = loadRunbook({ cwd: process.cwd(), file: 'runbook.config.yaml' }).runbook;
/** The rules and calls of RuR2 as they stand; what writes is left to scenes that have an application. */
const RUNBOOK = {
  ...own,
  measurements: Object.fromEntries(
    Object.entries(own.measurements).filter(([, { source }]) => source !== 'scenario'),
  ),
};

type Told = Pick<RouteMinute, 'errors' | 'p95' | 'requests'>;

const tookOf = (mishap: Mishap): number =>
  mishap.kind === 'wait' ? mishap.ms + USUAL_MS : mishap.kind === 'hold' ? PATIENCE_MS : USUAL_MS;

/** Sixty users a minute of every route, at even distances. */
function measureMinute(nth: number, route: string, faults: FaultPlay): Told {
  const met = Array.from({ length: 60 }, (_, i) =>
    faults.meet({ second: nth * 60 + i, route, who: 'users', version: '2.1.0' }),
  );
  const errors = met.filter(({ kind }) => kind === 'fail' || kind === 'cut' || kind === 'hold').length;
  return { requests: met.length, errors, p95: nearestRank(met.map(tookOf), 0.95) ?? 0 };
}

/** Minutes of users, ten of them from before; each is measured once, when it is over. */
function makeMetrics(faults: FaultPlay, clock: Clock) {
  const told: RouteMinute[] = [];
  let next = -10;
  return async (): Promise<readonly RouteMinute[]> => {
    const second = clock.monotonic() / 1000;
    if (faults.isSilent(second)) throw new Error('no measurements');
    for (; (next + 1) * 60 <= second; next += 1)
      for (const route of ROUTES) {
        const minute = new Date(START + minutes(next)).toISOString();
        told.push({ minute, route, version: '2.1.0', ...measureMinute(next, route, faults) });
      }
    return told;
  };
}

const answerOf = (status: number, json: object, tookMs: number): WebAnswer => ({
  ...{ status, headers: {}, bytes: new Uint8Array(), text: JSON.stringify(json), json, tookMs },
});

/** The application as our own requests meet it. */
function makeRequest(faults: FaultPlay, clock: Clock) {
  return async (_: string, { method, path }: WebRequest): Promise<WebAnswer> => {
    const route = `${method} ${path}`;
    const second = clock.monotonic() / 1000;
    const mishap = faults.meet({ second, route, who: 'release', version: '2.1.0' });
    const until = mishap.kind === 'hold' ? mishap.until - second : 0;
    const tookMs = Math.min(PATIENCE_MS, until * 1000 + (mishap.kind === 'wait' ? mishap.ms : 0) + USUAL_MS);
    await clock.sleep(tookMs);
    if (tookMs >= PATIENCE_MS) throw new Error('no answer in time');
    if (mishap.kind === 'cut') throw new Error('connection reset');
    return mishap.kind === 'fail'
      ? answerOf(mishap.status, {}, tookMs)
      : answerOf(200, ANSWERS[route] ?? {}, tookMs);
  };
}

function makeServices(faults: FaultPlay, clock: Clock) {
  return {
    host: { liveVersion: async () => ({ version: '2.1.0', latencyMs: 1 }) },
    web: { request: makeRequest(faults, clock) },
    metrics: { routes: makeMetrics(faults, clock) },
    postgres: {
      ping: async () => ({ latencyMs: 5 }),
      poolUsage: async () => ({ used: 10, limit: 100, limitedView: false }),
      readNumber: async () => 0,
      references: async () => [],
    },
    stripe: {
      signature: () => 't=1,v1=0',
      payments: async () => ({ succeeded: 40, declined: 0, failed: 0 }),
      deliveries: async () => ({ total: 40, failed: 0 }),
    },
  };
}

/** Watches an application that goes bad by a script, under RuR2's own rules, in time that does not pass. */
export async function watchScript(phases: readonly FaultPhase[], over: Partial<LiveOrder> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'watch-script-'));
  const clock = makeVirtualClock(START);
  const faults = new FaultPlay({ phases });
  const world = makeCliWorld({ command: 'watch', runbook: RUNBOOK, flags: { events: 'changes.jsonl' } });
  const services = { ...world.wired.services, ...makeServices(faults, clock) } as unknown as Services;
  const configured = new Set(['host', 'metrics', 'postgres', 'stripe'] as const);
  const secrets = { ...world.wired.secrets, read: () => 'a secret' };
  const wired = { ...world.wired, root: folder, clock, services, configured, secrets };
  const counted = own.integrity.flatMap(({ id, expect }) =>
    expect === 'no-row-lost' ? [id, `${id}:largest`] : [id],
  );
  const baseline = { at: START, numbers: Object.fromEntries(counted.map((id) => [id, 0])) };
  await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { baseline });
  const order: LiveOrder = {
    ...{ wanted: undefined, forMs: minutes(40), everySeconds: 5, failOn: 'P1', autoRollback: undefined },
    ...{ once: false, rules: undefined, ...over },
  };
  const result = await runLive(order, { ...world.context, cwd: folder, clock }, wired);
  const bytes = readFileSync(join(folder, 'changes.jsonl'), 'utf8');
  return { result, bytes, text: result.text, stderr: world.stderr(), ticks: String(result.result.ticks) };
}

const secondOf = (iso: string | null): number => (Date.parse(iso ?? '') - START) / 1000;

const read = (bytes: string): Change[] =>
  bytes
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Change);

/** `level rule series@second` of every level that called for a rollback for the first time; seconds since users came. */
export function calls(bytes: string): string[] {
  const seen = new Set<string>();
  return read(bytes).flatMap(({ severity, rule, series, fired_at: at }) => {
    const isNew = ['P2', 'P1', 'P0'].includes(severity) && !seen.has(severity);
    if (isNew) seen.add(severity);
    return isNew ? [`${severity} ${rule} ${series}@${secondOf(at)}`] : [];
  });
}

/** `rule@second` of every rule that became unknown after so many seconds. */
export const unknowns = (bytes: string, after: number): string[] =>
  read(bytes)
    .filter(({ knowledge, at }) => knowledge === 'unknown' && secondOf(at) > after)
    .map(({ rule, at }) => `${rule}@${secondOf(at)}`);
