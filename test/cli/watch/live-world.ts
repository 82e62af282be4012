import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from '../../../src/cli/command.ts';
import type { CliContext, GlobalFlags } from '../../../src/cli/context.ts';
import type { LiveOrder } from '../../../src/cli/watch/live-order.ts';
import { runLive } from '../../../src/cli/watch/run-live.ts';
import type { Tty } from '../../../src/cli/watch/screen/take-terminal.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import type { Services } from '../../../src/services/services.ts';
import type { WebAnswer, WebRequest } from '../../../src/services/web/port.ts';
import { MemoryLedger, type MemoryStore } from '../../support/memory/ledger.ts';
import type { MemorySlack } from '../../support/memory/slack.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

export const START = Date.UTC(2025, 9, 1, 14, 25);

/** A clock on which nobody waits: two hours are over as soon as everything in them has been done. */
function makeQuickClock(startMs = 0, sleepsAt = Number.POSITIVE_INFINITY, sleepsForMs = 600_000): Clock {
  let passed = startMs;
  let hasSlept = false;
  return {
    now: () => new Date(START + passed),
    monotonic: () => passed,
    sleep: async (ms) => {
      await new Promise((done) => setImmediate(done));
      passed += ms;
      if (hasSlept || passed < sleepsAt * 1000) return;
      hasSlept = true;
      passed += sleepsForMs;
    },
  };
}

const budget = (endpoint: string) => ({ row: 'PER-01', endpoint, p95Ms: 100, errorPercent: 1 });

export const RUNBOOK = {
  budgets: { health: budget('GET /health'), pay: budget('GET /pay') },
  smoke: {
    calls: [
      { id: 'health', row: 'SMK-01', path: '/health', budget: 'health', critical: true },
      { id: 'pay', row: 'SMK-09', path: '/pay', budget: 'pay', critical: true },
    ],
  },
  measurements: { probes: { source: 'probe', everySeconds: 1 } },
  rules: {
    'error-percent': {
      title: 'Failed requests',
      unit: 'percent',
      minSamples: 20,
      bands: [
        { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 5, during: 'critical' },
        { level: 'P2', row: 'RBC-P2-1', from: 1, dwellMinutes: 15 },
        { level: 'P1', row: 'RBC-P1-1', from: 2, dwellMinutes: 10 },
        { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5, on: 'critical' },
      ],
    },
    'failed-probes': {
      title: 'Outage',
      unit: 'number',
      since: 'live',
      bands: [
        { level: 'hold', row: 'SUC-03', from: 1, dwellMinutes: 0 },
        { level: 'P0', row: 'RBC-P0-2', from: 1, dwellMinutes: 2 },
      ],
    },
    'endpoint-p95': {
      title: 'P95',
      metric: 'p95-ms',
      unit: 'ms',
      against: 'p95-budget',
      bands: [{ level: 'hold', row: 'SUC-02', from: 1, dwellMinutes: 5 }],
    },
  },
};

/** A terminal of 80 by 24 and the person at it. */
function makeTty() {
  let [drawn, isRaw, typedUntil] = ['', false, -1];
  const heard = new EventEmitter();
  const stdin = Object.assign(heard, {
    setRawMode: (raw: boolean) => {
      isRaw = raw;
    },
    resume: () => undefined,
    pause: () => undefined,
  });
  const write = (text: string): boolean => {
    drawn += text;
    return true;
  };
  return {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stderr: { write, columns: 80, rows: 24 } as unknown as NodeJS.WriteStream,
    suspend: () => undefined,
    drawn: () => drawn,
    isRaw: () => isRaw,
    type: (keys: Readonly<Record<number, string>> = {}, second: number) => {
      for (const [at, typed] of Object.entries(keys))
        if (Number(at) > typedUntil && Number(at) <= second) heard.emit('data', Buffer.from(typed));
      typedUntil = Math.max(typedUntil, second);
    },
  };
}

/** What the application does at a second of the watch; an Error: nothing answers. */
export type Script = (second: number, path: string, nth: number) => { status?: number; ms?: number } | Error;

export interface Played {
  readonly script: Script;
  readonly order?: Partial<LiveOrder>;
  readonly flags?: Partial<GlobalFlags>;
  /** Where an earlier watch left its record; seconds into the story at which this one begins. */
  readonly folder?: string;
  readonly beginsAt?: number;
  /** The laptop is closed at this second, for so long; default ten minutes. */
  readonly sleepsAt?: number;
  readonly sleepsForMs?: number;
  /** Seconds of the watch that pass in one of everybody else; default 1. */
  readonly speed?: number;
  /** Ctrl-C at this second. */
  readonly stopsAt?: number;
  /** Somebody sits at a terminal: what is typed at which second. */
  readonly keys?: Readonly<Record<number, string>>;
  /** What they answer when they are asked. */
  readonly answers?: readonly string[];
  readonly runbook?: Record<string, unknown>;
  /** A record that outlives this watch, dated by its clock. */
  readonly store?: MemoryStore;
  readonly slack?: MemorySlack;
  /** Earlier runs that came to their end. */
  readonly past?: readonly (readonly ['deploy' | 'rollback', string, string])[];
  readonly services?: { readonly [K in keyof Services]?: Partial<Services[K]> };
  /** What is called instead of the watch alone. */
  readonly command?: (context: CliContext, wired: Wired, tty: Tty) => Promise<CommandResult>;
  /** How the ledger takes a record at a second of the watch; an Error: it does not. */
  readonly note?: (second: number, type: string) => Error | undefined;
  /** From this second on the ledger takes two minutes to be read. */
  readonly readsSlowlyFrom?: number;
  /** What the application says that it is, at a second of the watch. */
  readonly version?: (second: number, nth: number) => string;
}

const answerOf = ({ status = 200, ms = 20 }: { status?: number; ms?: number }): WebAnswer => ({
  ...{ status, headers: {}, bytes: new Uint8Array(), text: '{}', json: {}, tookMs: ms },
});

/** Plays a watch over an application that follows a script. */
export async function play(played: Played) {
  const folder = played.folder ?? mkdtempSync(join(tmpdir(), 'watch-'));
  const quick = makeQuickClock((played.beginsAt ?? 0) * 1000, played.sleepsAt, played.sleepsForMs);
  const clock = played.speed === undefined ? quick : { ...quick, speed: played.speed };
  const shows = played.keys === undefined ? {} : { quiet: false };
  const flags = { events: 'changes.jsonl', ...shows, ...played.flags };
  let asked = 0;
  const world = makeCliWorld({
    command: 'watch',
    runbook: gitAlone({ ...RUNBOOK, ...played.runbook }),
    flags,
    live: async () => {
      asked += 1;
      const version = played.version?.(Math.floor(clock.monotonic() / 1000), asked) ?? '2.1.0';
      return { version, latencyMs: 1 };
    },
    answers: played.answers ?? [],
    terminal: played.keys === undefined ? {} : { isLive: true, canAsk: true },
  });
  for (const [command, from, version] of played.past ?? []) await world.past(command, [from, version]);
  const tty = makeTty();
  let nth = 0;
  const request = async (_: string, { path }: WebRequest): Promise<WebAnswer> => {
    const second = Math.floor(clock.monotonic() / 1000);
    if (played.stopsAt !== undefined && second >= played.stopsAt) world.context.stop.request();
    tty.type(played.keys, second);
    nth += 1;
    const answer = played.script(second, path, nth);
    if (answer instanceof Error) throw answer;
    return answerOf(answer);
  };
  const services = {
    ...world.wired.services,
    web: { ...world.wired.services.web, request },
    ...played.services,
  };
  const { store, slack } = played;
  const user = { actor: 'Dana Ito', host: 'dana-mbp', clock };
  const ledger = store === undefined ? world.ledger : new MemoryLedger(store, user);
  const note = ledger.note.bind(ledger);
  ledger.note = async (scope, event) => {
    const refused = played.note?.(Math.floor(clock.monotonic() / 1000), event.type);
    if (refused !== undefined) throw refused;
    // No ledger answers before the program has gone on.
    if (store !== undefined) await new Promise((done) => setImmediate(done));
    return note(scope, event);
  };
  const read = ledger.read.bind(ledger);
  ledger.read = async (scope) => {
    const isSlow = clock.monotonic() / 1000 >= (played.readsSlowlyFrom ?? Number.POSITIVE_INFINITY);
    // A beat of the watch is one turn of the loop.
    for (let turn = 0; isSlow && turn < 120; turn += 1) await new Promise((done) => setImmediate(done));
    return read(scope);
  };
  const wired = {
    ...{ ...world.wired, root: folder, clock },
    services: { ...services, ...(slack && { slack }) } as unknown as Services,
    ledger,
    ...(slack && {
      configured: new Set([...world.wired.configured, 'slack' as const]),
      render: async (template: string, view: JsonObject) =>
        renderMessage(template, view as unknown as Moment, {
          ...{ runbook: world.wired.runbook, root: '/nowhere', redact: (text: string) => text },
        }).slack,
    }),
  };
  const order: LiveOrder = {
    ...{
      wanted: undefined,
      forMs: undefined,
      everySeconds: undefined,
      failOn: 'P1',
      failOnIsTyped: false,
      autoRollback: undefined,
    },
    ...{ once: false, rules: undefined, ...played.order },
  };
  const context = { ...world.context, cwd: folder, clock };
  const result = await (played.command?.(context, wired, tty) ?? runLive(order, context, wired, wired, tty));
  const lines = readLines(join(folder, 'changes.jsonl'));
  return { result, folder, lines, stderr: () => world.stderr(), noted: world, tty };
}

const readLines = (path: string): Record<string, unknown>[] => {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
};

/** `level rule@second` of every line that a band has given. */
export const firings = (lines: readonly Record<string, unknown>[]): string[] =>
  lines
    .filter(({ row }) => row !== null)
    .map(
      ({ severity, rule, fired_at: at }) => `${severity} ${rule}@${(Date.parse(String(at)) - START) / 1000}`,
    );
