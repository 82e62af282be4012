import { sayClock } from '../../../domain/calendar/say-moment.ts';
import { minutes, sayDuration } from '../../../domain/duration.ts';
import { isQuiet, makeMetric, type Seen } from '../../../report/watch-screen/make-metrics.ts';
import { makeNear } from '../../../report/watch-screen/make-near.ts';
import { sayState } from '../../../report/watch-screen/say-state.ts';
import type { KeyHint, WatchScene } from '../../../report/watch-screen/scene.ts';
import { listSeen } from '../list-seen.ts';
import { doubtfully, type Live, progressOf } from '../live.ts';
import { makeAlarms } from './make-alarms.ts';

const KEYS: readonly KeyHint[] = [
  { key: 'n', does: 'note' },
  { key: 'm', does: 'send update' },
  { key: 'r', does: 'roll back' },
  { key: 'a', does: 'ack' },
  { key: 'd', does: 'decide' },
  { key: 'w', does: 'keep on' },
  { key: 'q', does: 'leave' },
];

/** What the screen has of its own. */
export interface Shown {
  readonly recent: readonly string[];
  readonly typing: WatchScene['typing'];
  /** ms since 1970; undefined: nobody is told. */
  readonly dueAt: number | undefined;
}

function sayMessage(dueAt: number | undefined, at: number, zone: string): string {
  if (dueAt === undefined) return '';
  const late = at - dueAt;
  return late > minutes(1)
    ? `message overdue by ${sayDuration(late)}`
    : `next message ${sayClock(dueAt, zone)}`;
}

function stateOf(live: Live, seen: readonly Seen[]): ReturnType<typeof sayState> {
  const { watch, doubt } = live;
  const level = doubtfully(watch.level(), live);
  if (doubt !== undefined && level === 'hold') return { word: 'UNKNOWN', standing: 'unknown', said: doubt };
  const views = seen.map(({ view }) => view);
  return sayState(level, views, watch.isBuilding());
}

/** The watch as it stands at `at` (ms since 1970), as data for the screen. */
export function makeScene(live: Live, { recent, typing, dueAt }: Shown, at: number): WatchScene {
  const { watch, watched, wired, trail, hasKeys } = live;
  const { runbook, env, environment } = wired;
  const phase = watch.phase(at);
  const seen = listSeen(watch);
  const shown = seen.filter((one) => !isQuiet(one));
  return {
    title: `${runbook.sandbox ? 'SANDBOX  ' : ''}release watch ${watched.version}`,
    ...{ env, isProtected: environment.protected, ...progressOf(live) },
    ...stateOf(live, seen),
    message: sayMessage(dueAt, at, runbook.timezone),
    alarms: makeAlarms(live),
    metrics: shown.map((one) => makeMetric(one, phase, at, trail)),
    quiet: seen.length - shown.length,
    near: makeNear(seen, phase),
    ...{ recent, typing, keys: hasKeys ? KEYS : [] },
  };
}
