import type { Clock } from '../../domain/clock.ts';
import type { Change } from '../../domain/watch/change.ts';
import type { Tick } from '../../domain/watch/tick.ts';
import type { Sampler } from './sampler.ts';
import { stamp } from './stamp.ts';

/** What a watch is done with. */
export interface WatchTools {
  readonly clock: Clock;
  readonly samplers: readonly Sampler[];
  /** Takes a tick, and gives what has changed before it. */
  readonly take: (tick: Tick) => readonly Change[];
  readonly advance: (at: number) => readonly Change[];
  readonly changed: (changes: readonly Change[]) => void;
  /** Nobody watched for so long, in ms: the machine slept. */
  readonly slept: (ms: number) => void;
  /** Called every second with the time by which all is judged. */
  readonly beat: (at: number) => void;
  /** A source could not be asked; undefined: it can again. */
  readonly trouble: (sampler: string, error: unknown) => void;
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
}

const BEAT_MS = 1000;
/** A beat that comes so late was slept through: a laptop was closed, or the process was stopped. */
const SLEPT_MS = 10_000;

const longestBeat = ({ speed = 1 }: Clock): number => SLEPT_MS * speed;

interface Beats {
  /** How often the machine slept, as it is known at `at`. */
  readonly countSleeps: (at: number) => number;
  /** Marks the gap of a beat that came too late. */
  readonly beat: (at: number) => void;
}

function makeBeats(began: number, { clock, changed, take, slept, samplers }: WatchTools): Beats {
  let last = began;
  let sleeps = 0;
  const hasSlept = (at: number): boolean => at - last > longestBeat(clock);
  const beat = (at: number): void => {
    if (hasSlept(at)) {
      sleeps += 1;
      slept(at - last);
      for (const sampler of samplers) sampler.startOver?.();
      changed(take({ at, mark: 'gap' }));
    }
    last = at;
  };
  return { beat, countSleeps: (at) => (hasSlept(at) ? sleeps + 1 : sleeps) };
}

interface Running {
  readonly sampler: Sampler;
  due: number;
  isBusy: boolean;
}

/**
 * Time that never goes back, by the clock on the wall when it began. Where the wall is far ahead the machine slept, and its own
 * clock with it: time goes on from the wall.
 */
export function makeSteadyTime(clock: Clock): () => number {
  let offset = clock.now().getTime() - clock.monotonic();
  return () => {
    const ahead = clock.now().getTime() - clock.monotonic() - offset;
    if (ahead > longestBeat(clock)) offset += ahead;
    return Math.round(offset + clock.monotonic());
  };
}

async function ask(running: Running, now: () => number, beats: Beats, tools: WatchTools): Promise<void> {
  const { sampler } = running;
  running.isBusy = true;
  const sleeps = beats.countSleeps(now());
  // Asked before the machine slept, or answered after the end: it tells of neither, and nor does a failure.
  const isVoid = (at: number): boolean => tools.signal.aborted || beats.countSleeps(at) !== sleeps;
  try {
    const readings = await sampler.sample(tools.signal);
    const at = now();
    if (isVoid(at)) return;
    for (const reading of readings) tools.changed(tools.take(stamp(reading, at)));
    tools.trouble(sampler.name, undefined);
  } catch (error) {
    if (!isVoid(now())) tools.trouble(sampler.name, error);
  } finally {
    running.isBusy = false;
  }
}

/** A source that is slower than its pace is asked again when it has answered: it never queues up. */
function askDue(
  all: readonly Running[],
  now: () => number,
  beats: Beats,
  tools: WatchTools,
): Promise<void>[] {
  const due = all.filter((one) => !one.isBusy && one.due <= now());
  return due.map((one) => {
    while (one.due <= now()) one.due += one.sampler.everyMs;
    return ask(one, now, beats, tools);
  });
}

/** Longest time that a source which does not let itself be cut off can keep a rollback waiting. */
const LET_END_MS = 2000;

async function letEnd(open: ReadonlySet<Promise<void>>, { clock }: WatchTools): Promise<void> {
  if (open.size === 0) return;
  const enough = new AbortController();
  const limit = clock.sleep(LET_END_MS, enough.signal).catch(() => undefined);
  await Promise.race([Promise.allSettled(open), limit]);
  enough.abort();
}

/**
 * Asks every source at its pace and judges every second, until `end` (ms since 1970), `isOver` or the signal. A source
 * that hangs keeps nobody else waiting, nor the end for more than two seconds. What answers after the end is not taken.
 */
export async function sampleUntil(end: number, now: () => number, given: WatchTools): Promise<void> {
  const over = new AbortController();
  const tools = { ...given, signal: AbortSignal.any([given.signal, over.signal]) };
  const all = tools.samplers.map((sampler): Running => ({ sampler, due: now(), isBusy: false }));
  const open = new Set<Promise<void>>();
  const beats = makeBeats(now(), tools);
  while (now() < end && !tools.signal.aborted) {
    // Before anybody asks whether it is over: time that was slept through is none that was watched.
    beats.beat(now());
    if (tools.isOver()) break;
    for (const work of askDue(all, now, beats, tools)) open.add(work.finally(() => open.delete(work)));
    // What comes later comes at this moment or after it, so that a replay of the file judges the same.
    tools.changed(tools.advance(now() - 1));
    tools.beat(now());
    await tools.clock.sleep(BEAT_MS, tools.signal).catch(() => undefined);
  }
  if (tools.isOver()) over.abort();
  await letEnd(open, tools);
  over.abort();
}
