import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTick } from '../../../src/cli/jobs/run-tick.ts';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import { runNote } from '../../../src/cli/note/run-note.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { EventData, EventType } from '../../../src/ledger/event.ts';
import type { Services } from '../../../src/services/services.ts';
import type { WebAnswer, WebRequest } from '../../../src/services/web/port.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { planOf } from '../../support/run-events.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

/** Users came at this moment. */
export const OPEN = Date.UTC(2025, 9, 1, 14, 25);
export const keptSince = async () => '2025-10-01T00:00:00.000Z';
export const gone = new ReleaseError('E_DB_UNREACHABLE', { what: 'Gone.', next: '', state: 'untouched' });
/** Whatever the width of the screen was. */
export const textOf = (text: string): string => text.replace(/\s+/g, ' ');
const HOUR = 3_600_000;
const SCOPE = 'rur2/production';

const band = (level: string, from: number, dwellMinutes: number) => ({
  level,
  row: 'SUC-01',
  from,
  dwellMinutes,
});

const RUNBOOK = {
  budgets: { health: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 1 } },
  smoke: { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health', critical: true }] },
  measurements: { probes: { source: 'probe', everySeconds: 5 } },
  monitoring: { evaluateSeconds: 15 },
  services: {
    slack: {
      botToken: '$SLACK_BOT_TOKEN',
      channels: { releases: { id: 'C0RELEASES' }, incidents: { id: 'C0INCIDENTS' } },
      routes: { 'release-complete': ['releases'], incident: ['incidents'] },
    },
  },
  rules: {
    'error-percent': {
      title: 'Failed requests',
      unit: 'percent',
      minSamples: 20,
      bands: [band('hold', 1, 5), band('P2', 1, 15), band('P1', 2, 10)],
    },
    'failed-probes': {
      title: 'Outage',
      unit: 'number',
      since: 'live',
      bands: [band('hold', 1, 0), band('P0', 1, 2)],
    },
  },
};

type Answer = { readonly status?: number } | Error;

export interface WantedWeek {
  /** What the application answers in an hour after the release; all is well where nothing is said. */
  readonly script?: (hour: number, nth: number) => Answer;
  readonly runbook?: Record<string, unknown>;
  readonly services?: { readonly [K in keyof Services]?: Partial<Services[K]> };
  /** False: the watch of the release came to no good end. */
  readonly isComplete?: boolean;
  /** At this hour the machine of the agent sleeps for five minutes. */
  readonly sleepsAt?: number;
}

/** A release whose two hours were watched, and agents that come at whatever hour the test says. */
export async function openWeek(wanted: WantedWeek = {}) {
  let now = OPEN - HOUR;
  let hasSlept = false;
  const clock: Clock = {
    now: () => new Date(now),
    monotonic: () => now,
    sleep: async (ms) => {
      await new Promise((done) => setImmediate(done));
      // Every fifth beat is enough to see an outage, and a look is over in a moment.
      now += ms * 5;
      if (hasSlept || (now - OPEN) / HOUR < (wanted.sleepsAt ?? Number.POSITIVE_INFINITY)) return;
      hasSlept = true;
      now += 5 * 60_000;
    },
  };
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock });
  const slack = new MemorySlack({ releases: 'bot', incidents: 'bot' }, () => clock.now());
  const events = () => ledger.read(SCOPE);
  const note = <T extends EventType>(id: string, type: T, data: EventData[T], run = 'w-1') =>
    ledger.note(SCOPE, { id, run, type, data } as Parameters<typeof ledger.note>[1]);
  let nth = 0;
  const request = async (_: string, { path }: WebRequest): Promise<WebAnswer> => {
    nth += 1;
    const answer = path === '/health' ? (wanted.script?.((now - OPEN) / HOUR, nth) ?? {}) : {};
    if (answer instanceof Error) throw answer;
    const { status = 200 } = answer;
    return { ...{ status, headers: {}, bytes: new Uint8Array(), text: '{}', json: {}, tookMs: 20 } };
  };
  const root = mkdtempSync(join(tmpdir(), 'week-'));
  const runbook = gitAlone({ ...RUNBOOK, ...wanted.runbook });
  const live = { version: 'v2.1.0' };
  const wiredFor = (random: number): Wired => {
    const made = makeCliWorld({ runbook, live: async () => ({ ...live, latencyMs: 1 }) });
    const services = { ...made.wired.services, slack, web: { ...made.wired.services.web, request } };
    return {
      ...made.wired,
      ...{
        root,
        clock,
        ledger,
        scope: SCOPE,
        services: { ...services, ...wanted.services } as unknown as Services,
      },
      configured: new Set([
        'git',
        'host',
        'slack',
        ...(wanted.services?.metrics ? ['metrics' as const] : []),
      ]),
      render: (template, view) => ({ text: JSON.stringify([template, view, random]), blocks: [] }),
    };
  };
  const contextFor = (command: string) => {
    nth += 1;
    const made = makeTestContext({ command, flags: { env: 'production' } });
    const random = (nth * 0.1371) % 1;
    return { ...made, context: { ...made.context, cwd: root, clock, random: () => random } };
  };
  const deploy = async (run: string, version: string, at = 0) => {
    now = OPEN + at * HOUR - 600_000;
    const plan = { ...planOf(2), command: 'deploy', from: 'v2.0.3', version, service: 'rur2' } as const;
    const held = await ledger.acquire(SCOPE, { run, actor: 'Dana Ito', reason: `deploy ${version}` });
    await ledger.append(held, {
      id: `${run}:p`,
      run,
      type: 'run.planned',
      data: { plan, request: {}, configDigest: 'd' },
    });
    now = OPEN + at * HOUR;
    await ledger.append(held, {
      id: `${run}:e`,
      run,
      type: 'run.finished',
      data: { verdict: 'completed', said: '' },
    });
    await ledger.release(held, 'completed');
  };
  /** A rollback that began, and how it ended; undefined: it has not. */
  const beginRollback = async (run: string, verdict?: 'unsafe' | 'reverted' | 'completed') => {
    const plan = { ...planOf(2), command: 'rollback', from: 'v2.1.0', version: 'v2.0.3' } as const;
    const held = await ledger.acquire(SCOPE, { run, actor: 'Dana Ito', reason: 'rollback' });
    const data = { plan, request: {}, configDigest: 'd' };
    await ledger.append(held, { id: `${run}:p`, run, type: 'run.planned', data });
    if (verdict === undefined) return;
    await ledger.append(held, { id: `${run}:e`, run, type: 'run.finished', data: { verdict, said: '' } });
    await ledger.release(held, verdict === 'unsafe' ? 'failed' : 'completed');
  };
  await deploy('r-1', 'v2.1.0');
  now = OPEN + 2 * HOUR + 1000;
  const state = wanted.isComplete === false ? 'stopped' : 'complete';
  const said = wanted.isComplete === false ? 'inconclusive' : state;
  await note('w-1:ended', 'watch.ended', { version: 'v2.1.0', verdict: 'healthy', state, said });
  return {
    ...{ slack, events, note, deploy, beginRollback, live, ledger, wiredFor, contextFor },
    hour: (): number => (now - OPEN) / HOUR,
    /** Also back: a clock that is wrong. */
    turnTo: (hour: number): void => {
      now = OPEN + hour * HOUR;
    },
    /** An agent that comes so many hours after users did. */
    tick: async (hour: number, stop?: (context: ReturnType<typeof contextFor>['context']) => void) => {
      now = Math.max(now, OPEN + hour * HOUR);
      const { context } = contextFor('tick');
      stop?.(context);
      return runTick({}, context, wiredFor(nth));
    },
    status: async (hour: number, isWhyAsked = false) => {
      now = Math.max(now, OPEN + hour * HOUR);
      const { context } = contextFor('status');
      return runStatus(context, async () => wiredFor(nth), isWhyAsked);
    },
    tellNote: (text: string, options: JsonObject) =>
      runNote([text], options as never, contextFor('note').context, wiredFor(nth)),
    looks: async () => (await events()).flatMap(({ type, data }) => (type === 'watch.looked' ? [data] : [])),
  };
}
