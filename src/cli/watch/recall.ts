import { minutes, seconds } from '../../domain/duration.ts';
import type { Watch } from '../../domain/watch/fold.ts';
import { TRAIL_MINUTES, Trail } from '../../domain/watch/trail.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Begun } from './begun.ts';
import { captureBaseline } from './capture-baseline.ts';
import type { Watched } from './find-release.ts';
import type { LiveOrder } from './live-order.ts';
import { readTickFile } from './read-tick-file.ts';
import type { TickFile } from './tick-file.ts';

/** How often a record that is read again is looked at for the trail. */
const TRAIL_PACE_MS = seconds(5);

type Recording = Pick<Begun, 'tallying' | 'attention' | 'file'>;
type Recalling = Recording & Pick<Begun, 'watch' | 'trail'>;

export interface Tools {
  readonly context: CliContext;
  readonly wired: Wired;
  /** The same on the clock of everything but the watch. */
  readonly base: Wired;
}

/** Time that has passed since the record was written, where the watch goes faster than the clock on the wall. */
function passedSince({ writtenAt }: TickFile, { wired, base }: Tools): number {
  const { speed = 1 } = wired.clock;
  if (speed === 1 || writtenAt === undefined) return 0;
  return Math.max(0, base.clock.now().getTime() - writtenAt) * speed;
}

/** Of a rule with nothing but lower bounds a low reading is the bad one. */
export function makeTrail({ states }: Watch): Trail {
  const floors = states.flatMap(({ rule }) =>
    rule.bands.every(({ from }) => from === undefined) ? [rule.id] : [],
  );
  return new Trail((rule) => floors.includes(rule));
}

/** What an earlier watch of this release saw. Returns for how long nobody watched since then. */
export async function recall(
  { file, tallying, attention, watch, trail }: Recalling,
  now: () => number,
  tools: Tools,
): Promise<number> {
  let seen = now() - minutes(TRAIL_MINUTES);
  await readTickFile({ cwd: '/', file: file.path, stdin: process.stdin, mayBeCut: true }, (tick) => {
    attention.take(tick);
    tallying.take(tick);
    if (tick.at < seen) return;
    trail.note(tick.at, watch.view());
    seen = tick.at + TRAIL_PACE_MS;
  });
  const last = tallying.tally().to ?? now();
  const at = Math.max(last + Math.round(passedSince(file, tools)), now());
  takeMark({ at, mark: 'gap' }, { tallying, attention, file });
  return at - last;
}

function takeMark(tick: Parameters<TickFile['add']>[0], { tallying, attention, file }: Recording): void {
  attention.take(tick);
  tallying.take(tick);
  file.add(tick);
}

/** A record begins: when the release was proven and users came, and what is compared with. */
export async function openRecord(
  recording: Recording,
  watched: Watched,
  { context, wired }: Tools,
): Promise<void> {
  const marks = [
    { at: watched.live, mark: 'live' } as const,
    ...(await captureBaseline(watched, wired, context.out.note)),
    { at: Math.max(watched.live, watched.open), mark: 'open' } as const,
  ];
  for (const tick of marks) takeMark(tick, recording);
}

/**
 * Where the time of the monitoring is over, whoever watches begins it anew, in its whole length: what was missed of it cannot be
 * watched any more, and without this no later watch could complete the release. `at`: ms since 1970.
 */
export function beginAnew(
  { forMs, once }: LiveOrder,
  recording: Recording & Pick<Begun, 'watch'>,
  at: number,
  { wired }: Tools,
): void {
  const { open = at } = recording.watch.anchors() ?? {};
  if (forMs !== undefined || once || at < open + minutes(wired.runbook.monitoring.minutes)) return;
  takeMark({ at, mark: 'gap' }, recording);
  takeMark({ at, mark: 'open' }, recording);
}
