import type { JsonObject } from '../domain/json.ts';
import type { Plan } from '../domain/plan.ts';
import { asItWas } from './as-it-was.ts';
import type { LedgerEvent } from './event.ts';
import { foldEnd, type RunEnd } from './fold-end.ts';
import { foldSent } from './fold-sent.ts';
import { isRead, mayWarn } from './is-read.ts';
import { placeLateRuns } from './place-late-runs.ts';
import { takeRun } from './take-run.ts';

/** Where one entry of a plan stands. `intent` without an end is in doubt: nobody knows whether it happened. */
export type EntryState =
  | {
      readonly state: 'intent';
      readonly firstAt: string;
      readonly at: string;
      readonly attempts: number;
      /** The right under which it was recorded. */
      readonly epoch: number;
    }
  | {
      readonly state: 'done';
      readonly how: string;
      readonly done: JsonObject;
      readonly tookMs: number;
      readonly at: string;
      readonly startedAt: string;
    }
  | {
      readonly state: 'failed';
      /** When its first intent was recorded: a part of the effect may be as old as that. */
      readonly firstAt: string;
      readonly code: string;
      readonly said: string;
      readonly attempts: number;
      readonly at: string;
      /** Left out: nothing of it happened. */
      readonly isPartlyDone?: true;
    }
  | { readonly state: 'warned'; readonly code: string; readonly said: string };

/** Everything the ledger knows about one run. */
export interface RunState {
  readonly run: string;
  readonly plan: Plan;
  readonly configDigest: string;
  readonly request: JsonObject;
  readonly actor: string;
  readonly host: string;
  /** Version of the program that began it. */
  readonly tool: string;
  readonly startedAt: string;
  readonly lastAt: string;
  readonly entries: Readonly<Record<string, EntryState>>;
  readonly facts: Readonly<Record<string, JsonObject>>;
  readonly end: RunEnd;
  readonly said: string;
  readonly endedAt?: string;
}

type Building = { -readonly [K in keyof RunState]: RunState[K] } & {
  entries: Record<string, EntryState>;
  facts: Record<string, JsonObject>;
};

function begin(event: Extract<LedgerEvent, { type: 'run.planned' }>): Building {
  const { run, actor, host, tool, at, data } = event;
  return {
    run,
    plan: data.plan,
    configDigest: data.configDigest,
    request: data.request,
    actor,
    host,
    tool,
    startedAt: at,
    lastAt: at,
    entries: {},
    facts: {},
    end: 'open',
    said: '',
  };
}

const attemptsOf = (entry: EntryState | undefined): number =>
  entry?.state === 'intent' || entry?.state === 'failed' ? entry.attempts : 0;

const firstAtOf = (entry: EntryState | undefined, at: string): string =>
  entry?.state === 'intent' || entry?.state === 'failed' ? entry.firstAt : at;

const startOf = (entry: EntryState | undefined, at: string): string =>
  entry?.state === 'intent' ? entry.at : at;

function foldStep(run: Building, name: string, event: LedgerEvent): void {
  const before = run.entries[name];
  if (event.type === 'step.intent') {
    const firstAt = firstAtOf(before, event.at);
    const { at, epoch, data } = event;
    run.entries[name] = { state: 'intent', firstAt, at, attempts: data.attempt, epoch };
  }
  if (event.type === 'step.done') {
    const { how, done, tookMs } = event.data;
    run.entries[name] = {
      state: 'done',
      how,
      done,
      tookMs,
      at: event.at,
      startedAt: startOf(before, event.at),
    };
    run.facts[name] = done;
  }
  if (event.type === 'step.failed') {
    const { code, said, state } = event.data;
    const [firstAt, attempts] = [firstAtOf(before, event.at), attemptsOf(before)];
    const partly = state === 'untouched' ? {} : ({ isPartlyDone: true } as const);
    run.entries[name] = { state: 'failed', firstAt, code, said, attempts, at: event.at, ...partly };
  }
  if (event.type === 'gate.decided') {
    const { call, because } = event.data;
    const { at } = event;
    const said = because.join(', ');
    const attempts = attemptsOf(before) + 1;
    run.entries[name] =
      call === 'go'
        ? { state: 'done', how: 'effect', done: { call }, tookMs: 0, at, startedAt: at }
        : { state: 'failed', firstAt: firstAtOf(before, at), code: 'E_GATE_NO', said, attempts, at };
  }
  if (event.type === 'step.warned' && mayWarn(run.plan, name)) {
    run.entries[name] = { state: 'warned', ...event.data };
    if (isRead(run.plan, name)) delete run.facts[name];
  }
  if (event.type === 'message.sent') Object.assign(run.facts, foldSent(run, name, event.data));
}

/** The state of every run, oldest first; one that was recorded elsewhere stands where its time is. Pure: the same events always give the same answer. */
export function foldRuns(events: readonly LedgerEvent[]): readonly RunState[] {
  const runs = new Map<string, Building>();
  const late = new Set<string>();
  for (const told of events) {
    const event = asItWas(told);
    const run = takeRun({ runs, late }, event, begin);
    if (run === undefined) continue;
    run.lastAt = event.at;
    if (event.step !== undefined) foldStep(run, event.step, event);
    if (event.type === 'fact') run.facts[event.data.name] = event.data.value;
    foldEnd(run, event);
  }
  return placeLateRuns([...runs.values()], late);
}

/** The run with this id; undefined when the ledger has none. */
export const foldRun = (events: readonly LedgerEvent[], run: string): RunState | undefined =>
  foldRuns(events).find((one) => one.run === run);

/** True while a run can still go on: it neither ended nor was given up. */
const isUnfinished = (run: RunState): boolean =>
  run.end === 'open' || run.end === 'paused' || run.end === 'failed';

/** The newest run that can go on. A later run of the same scope closes the door behind an earlier one. */
export function findOpenRun(runs: readonly RunState[]): RunState | undefined {
  const last = runs.at(-1);
  return last && isUnfinished(last) ? last : undefined;
}

const changesWhatIsLive = ({ plan }: RunState): boolean =>
  plan.command === 'deploy' || plan.command === 'rollback';

/** The version that the ledger believes to be live, and since when. */
export function findLive(
  runs: readonly RunState[],
): { readonly version: string; readonly since: string; readonly run: string } | undefined {
  const last = runs.filter((run) => run.end === 'completed' && changesWhatIsLive(run)).at(-1);
  return last && { version: last.plan.version, since: last.endedAt ?? last.lastAt, run: last.run };
}
