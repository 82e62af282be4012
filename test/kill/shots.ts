import { setTimeout as wait } from 'node:timers/promises';
import type { World } from '../../src/sandbox/world/start-world.ts';
import type { Chance } from '../simulation/chance.ts';
import type { Running } from '../support/run-bin.ts';
import { askDatabase, readMigrations } from '../support/scenarios/read-world.ts';
import type { Tap, TapWatcher } from './open-tap.ts';
import type { PushWatch } from './watch-pushes.ts';

/** Moments at which the program is killed, as the table names them. */
export const POINTS = {
  start: 'a step says that it starts',
  landed: 'a record has landed, its answer has not come',
  recorded: 'a record is answered, the request is about to leave',
  pushed: 'main or a tag has moved, the answer has not come',
  sent: 'a request is on its way, and lands after the kill',
  accepted: 'a service has done it, its answer has not come',
  answered: 'a service has answered, nothing is recorded yet',
  migrated: 'a migration is committed, nothing is recorded yet',
  made: 'a smoke test has made a record, nothing is taken away yet',
  random: 'any moment',
} as const;

export type Point = keyof typeof POINTS;

/** The `nth` moment of its kind; `delayMs` after it where the moment is a short time and not a point. */
export interface Shot {
  readonly point: Point;
  readonly nth: number;
  readonly delayMs: number;
}

export interface Target {
  readonly running: Running;
  readonly world: World;
  readonly taps: readonly Tap[];
  readonly pushes: PushWatch;
}

/** Calls `strike` when the moment has come, and answers how the waiting is ended. */
type Aim = (shot: Shot, target: Target, strike: () => void) => () => void;

const nothing = (): void => undefined;

/** True at the nth call. */
function counter(nth: number): () => boolean {
  let calls = 0;
  return () => {
    calls += 1;
    return calls === nth;
  };
}

const later = (ms: number, strike: () => void): void => void setTimeout(strike, ms);

const atPush =
  (isIt: (ref: string) => boolean, isHeld: boolean): Aim =>
  ({ nth, delayMs }, { pushes }, strike) => {
    const isTheOne = counter(nth);
    pushes.watch(async (refs) => {
      if (!refs.some(isIt) || !isTheOne()) return;
      if (isHeld) strike();
      else later(delayMs, strike);
    });
    return () => pushes.watch(undefined);
  };

const atRequest =
  (makeWatcher: (reached: () => void, passed: () => void) => TapWatcher): Aim =>
  ({ nth, delayMs }, { taps }, strike) => {
    const isTheOne = counter(nth);
    const reached = (): void => void (isTheOne() && strike());
    const passed = (): void => void (isTheOne() && later(delayMs, strike));
    for (const tap of taps) tap.watch(makeWatcher(reached, passed));
    return () => {
      for (const tap of taps) tap.watch(undefined);
    };
  };

/** Long enough for the kernel to end a process, so that what is let go afterwards finds nobody. */
const DEATH_MS = 30;
const letDie = (): Promise<void> => wait(DEATH_MS);

const atCommit: Aim = ({ nth }, { running, world }, strike) => {
  let isOver = false;
  const look = async (): Promise<void> => {
    const before = (await readMigrations(world)).length;
    while (!isOver) {
      const moved = Math.abs((await readMigrations(world)).length - before);
      if (moved >= nth) return strike();
      await wait(10);
    }
  };
  running
    .said(/STEP (migrate|revert)\S* start/)
    .then(look)
    .catch(nothing);
  return () => {
    isOver = true;
  };
};

const countMade = async (world: World): Promise<number> =>
  (await askDatabase(world, `select 1 from assessments where name like 'smoke:%'`)).length;

const atRecord: Aim = ({ delayMs }, { running, world }, strike) => {
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      if ((await countMade(world)) > 0) return later(delayMs, strike);
      await wait(5);
    }
  };
  running
    .said(/STEP smoke start/)
    .then(look)
    .catch(nothing);
  return () => {
    isOver = true;
  };
};

const AIMS: Readonly<Record<Point, Aim>> = {
  start: ({ nth }, { running }, strike) => {
    running.said(new RegExp(`(?:STEP \\S+ start[^]*?){${nth}}`)).then(strike, nothing);
    return nothing;
  },
  landed: atPush((ref) => ref.startsWith('refs/release/'), true),
  recorded: atPush((ref) => ref.startsWith('refs/release/'), false),
  pushed: atPush((ref) => !ref.startsWith('refs/release/'), true),
  sent: atRequest((reached) => ({
    onArrival: async () => {
      reached();
      await letDie();
    },
  })),
  accepted: atRequest((reached) => ({
    onEffect: async () => {
      reached();
      await letDie();
    },
  })),
  answered: atRequest((_, passed) => ({ onAnswer: async () => passed() })),
  migrated: atCommit,
  made: atRecord,
  random: ({ delayMs }, _, strike) => {
    const timer = setTimeout(strike, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Waits for the moment of a shot; the answer ends the waiting. */
export const takeAim: Aim = (shot, target, strike) => AIMS[shot.point](shot, target, strike);

/** What is still ahead of a run, by which a moment is chosen that it will come to. */
export interface Ahead {
  /** Names of the entries that are not done; undefined before there is a plan. */
  readonly names: readonly string[] | undefined;
}

const SMALL_MS = 60;
const WHOLE_MS = 9_000;
const UNPLANNED = 20;

/** How many moments of each kind a run with so many entries ahead comes to at least, roughly. */
function countAhead(point: Point, names: readonly string[] | undefined): number {
  const having = (pattern: RegExp): number => names?.filter((name) => pattern.test(name)).length ?? 1;
  if (point === 'pushed') return having(/^(merge-and-tag|restore-commit)$/);
  if (point === 'migrated') return having(/^(migrate|revert)/);
  if (point === 'made') return having(/^smoke$/);
  const all = names?.length ?? UNPLANNED;
  if (point === 'start') return all;
  if (point === 'landed' || point === 'recorded') return Math.ceil(all / 2);
  return (
    having(/^(announce|backup|open-backup|publish|ask-2|progress|complete)$/) * (names === undefined ? 7 : 1)
  );
}

const WEIGHTED: readonly Point[] = [
  'start',
  'start',
  'landed',
  'landed',
  'recorded',
  'recorded',
  'pushed',
  'sent',
  'sent',
  'accepted',
  'accepted',
  'answered',
  'answered',
  'migrated',
  'made',
  'random',
  'random',
  'random',
];

/** Chooses a moment that is still ahead, of one of the given kinds as long as there is one. */
export function chooseShot(chance: Chance, { names }: Ahead, points: readonly Point[]): Shot {
  const isAhead = (point: Point): boolean => point === 'random' || countAhead(point, names) > 0;
  const possible = WEIGHTED.filter((point) => points.includes(point) && isAhead(point));
  const point = possible[chance.below(possible.length)] ?? 'random';
  const nth = point === 'random' ? 1 : 1 + chance.below(countAhead(point, names));
  return { point, nth, delayMs: chance.next() * (point === 'random' ? WHOLE_MS : SMALL_MS) };
}
