import { isBeside } from '../domain/is-beside.ts';
import type { LedgerEvent } from './event.ts';
import { isOver } from './find-next-entry.ts';
import { foldRuns, type RunState } from './fold.ts';
import { foldWatch } from './fold-watch.ts';

/**
 * Where a run stands whose message opened a thread; `called-back`: a rule of its watch calls for a rollback and none has begun;
 * `gone-back` and what is like it: another run took it back.
 */
export type CardStage =
  | 'under-way'
  | 'paused'
  | 'stopped'
  | 'given-up'
  | 'live'
  | 'watched'
  | 'left'
  | 'called-back'
  | 'complete'
  | 'going-back'
  | 'back-stopped'
  | 'gone-back';

/** How it stands with a run, as the head of its thread tells it: by the ledger alone, so that whoever reads it says the same. */
export interface CardStanding {
  readonly stage: CardStage;
  /** Names of entries that are done, in plan order. */
  readonly done: readonly string[];
  /** Names of those that went wrong and were gone past. */
  readonly warned: readonly string[];
  /** Name of the entry that is under way or comes next; null: none does. */
  readonly current: string | null;
  /** Name of the entry that was done last, and when (ISO). */
  readonly last: { readonly name: string; readonly at: string } | null;
  /** Why it stopped, was given up, or was left; empty where nothing is to be said. */
  readonly said: string;
  /** The version that a rollback of it goes back to. */
  readonly to: string | null;
  /** ISO: until when it is watched. */
  readonly until: string | null;
}

/** A card: the run whose thread it heads, and how it stands with it. */
export interface Card {
  readonly run: RunState;
  readonly standing: CardStanding;
}

type Place = Pick<CardStanding, 'stage' | 'said' | 'to' | 'until'>;

const place = (stage: CardStage, said = '', more: Partial<Place> = {}): Place => ({
  ...{ stage, said, to: null, until: null },
  ...more,
});

/** The last rollback that left this release, or began while its deploy had not ended. */
function findBack(runs: readonly RunState[], run: RunState): RunState | undefined {
  if (run.plan.command !== 'deploy') return undefined;
  const after = runs.slice(runs.indexOf(run) + 1);
  const next = after.findIndex(({ plan }) => plan.command === 'deploy');
  const own = next < 0 ? after : after.slice(0, next);
  return own.findLast(
    ({ plan }) => plan.command === 'rollback' && (plan.from === run.plan.version || run.end !== 'completed'),
  );
}

const BACK: Readonly<Record<RunState['end'], CardStage>> = {
  open: 'going-back',
  completed: 'gone-back',
  ...{ paused: 'back-stopped', failed: 'back-stopped', abandoned: 'back-stopped' },
  ...{ reverted: 'back-stopped', unsafe: 'back-stopped' },
};

/** The monitoring of a release that went out, as the ledger has it. */
function placeWatched(events: readonly LedgerEvent[], run: RunState): Place {
  const { ended, begun } = foldWatch(events, run.plan.version, run.endedAt);
  if (ended?.state === 'stopped')
    return place(ended.verdict === 'rollback' ? 'called-back' : 'left', ended.said);
  if (ended !== undefined) return place('complete');
  if (begun.length === 0) return place('live');
  const last = events.findLast((event) => event.type === 'watch.begun');
  return place('watched', '', { until: last?.type === 'watch.begun' ? last.data.until : null });
}

const ENDED: { readonly [K in RunState['end']]?: CardStage } = { paused: 'paused', abandoned: 'given-up' };

function findPlace(events: readonly LedgerEvent[], runs: readonly RunState[], run: RunState): Place {
  const back = findBack(runs, run);
  if (back !== undefined) return place(BACK[back.end], back.said, { to: back.plan.version });
  if (run.end === 'open') return place('under-way');
  if (run.end === 'completed')
    return run.plan.command === 'rollback' ? place('complete') : placeWatched(events, run);
  return place(ENDED[run.end] ?? 'stopped', run.said);
}

function findLast({ plan, entries }: RunState): CardStanding['last'] {
  const ended = plan.entries
    .filter((entry) => !isBeside(entry))
    .flatMap(({ name }) => {
      const entry = entries[name];
      return entry?.state === 'done' ? [{ name, at: entry.at }] : [];
    });
  return ended.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1) ?? null;
}

const namesIn = ({ plan, entries }: RunState, state: 'done' | 'warned'): readonly string[] =>
  plan.entries.flatMap(({ name }) => (entries[name]?.state === state ? [name] : []));

function cardOf(events: readonly LedgerEvent[], runs: readonly RunState[], run: RunState): Card {
  const current = run.plan.entries.find((entry) => !isBeside(entry) && !isOver(run.entries[entry.name]));
  const standing: CardStanding = {
    ...findPlace(events, runs, run),
    done: namesIn(run, 'done'),
    warned: namesIn(run, 'warned'),
    current: current?.name ?? null,
    last: findLast(run),
  };
  return { run, standing };
}

/** The card of a run; undefined for a run that the ledger does not have. */
export function foldCard(events: readonly LedgerEvent[], run: string): Card | undefined {
  const runs = foldRuns(events);
  const own = runs.find((one) => one.run === run);
  return own && cardOf(events, runs, own);
}

/** The cards that a run changes: its own, and that of the release which a rollback leaves. */
export function listCards(events: readonly LedgerEvent[], run: string): readonly Card[] {
  const runs = foldRuns(events);
  const own = runs.find((one) => one.run === run);
  if (own === undefined) return [];
  const left = runs.slice(0, runs.indexOf(own)).findLast((one) => findBack(runs, one) === own);
  return [own, ...(left === undefined ? [] : [left])].map((one) => cardOf(events, runs, one));
}
