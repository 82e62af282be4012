import { loadRules } from '../../config/load-rules.ts';
import { makeRuleBook } from '../../config/make-rule-book.ts';
import { minutes, seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { Watch } from '../../domain/watch/fold.ts';
import { Tallying } from '../../domain/watch/tally.ts';
import { TRAIL_MINUTES, Trail } from '../../domain/watch/trail.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { makeSteadyTime } from '../../engine/watch/sample-until.ts';
import type { Sampler } from '../../engine/watch/sampler.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { Attention } from './attention.ts';
import { captureBaseline, sayNoBaseline } from './capture-baseline.ts';
import { expectAll } from './expect-all.ts';
import { findRelease, type Watched } from './find-release.ts';
import type { LiveOrder } from './live-order.ts';
import { readTickFile } from './read-tick-file.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import { makeSources } from './sources/make-sources.ts';
import { makeNotes } from './sources/notes.ts';
import { openTickFile, type TickFile } from './tick-file.ts';

/** How often a record that is read again is looked at for the trail. */
const TRAIL_PACE_MS = seconds(5);

/** A watch that can be gone on with. */
export interface Begun {
  readonly watched: Watched;
  readonly watch: Watch;
  readonly tallying: Tallying;
  readonly attention: Attention;
  readonly trail: Trail;
  readonly file: TickFile;
  readonly samplers: readonly Sampler[];
  /** ms since 1970, never back. */
  readonly now: () => number;
  /** Name of this watch. */
  readonly run: string;
  readonly recorder: Recorder;
  /** Nobody watched for so long; undefined: it is the first watch of this release. */
  readonly gapMs: number | undefined;
}

const nothingToMeasure = (): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: 'Nothing is configured to be measured.',
    next: 'Describe where measurements come from under measurements (docs/config.md).',
    state: 'untouched',
  });

function makeSamplers(
  order: LiveOrder,
  run: string,
  watched: Watched,
  now: () => number,
  tools: Tools,
): readonly Sampler[] {
  const { runbook } = tools.wired;
  if (Object.keys(runbook.measurements).length === 0) throw nothingToMeasure();
  const measurements = Object.fromEntries(
    Object.entries(runbook.measurements).map(([name, one]) => [
      name,
      one.source === 'probe' && order.everySeconds !== undefined
        ? { ...one, everySeconds: order.everySeconds }
        : one,
    ]),
  );
  const { context, wired, base } = tools;
  const { speed = 1 } = wired.clock;
  const ago = (ms: number): Date => new Date(base.clock.now().getTime() - ms / speed);
  const release = { version: watched.version, run, facts: watched.facts, open: watched.open };
  // Whoever is asked lives in the time of everybody: only the watch itself goes faster.
  const world = { context, wired: base, ...release, now, ago };
  return [...makeSources(measurements, world), makeNotes(world, watched.live)];
}

type Recording = Pick<Begun, 'tallying' | 'attention' | 'file'>;
type Recalling = Recording & Pick<Begun, 'watch' | 'trail'>;

interface Tools {
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
function makeTrail({ states }: Watch): Trail {
  const floors = states.flatMap(({ rule }) =>
    rule.bands.every(({ from }) => from === undefined) ? [rule.id] : [],
  );
  return new Trail((rule) => floors.includes(rule));
}

/** What an earlier watch of this release saw. Returns for how long nobody watched since then. */
async function recall(
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
  const gap = { at, mark: 'gap' } as const;
  tallying.take(gap);
  file.add(gap);
  return gap.at - last;
}

async function openAnew(
  { tallying, attention, file }: Recording,
  watched: Watched,
  { context, wired }: Tools,
): Promise<void> {
  const marks = [
    { at: watched.live, mark: 'live' } as const,
    ...(await captureBaseline(watched, wired, context.out.note)),
    { at: Math.max(watched.live, watched.open), mark: 'open' } as const,
  ];
  for (const tick of marks) {
    attention.take(tick);
    tallying.take(tick);
    file.add(tick);
  }
}

/** Finds what is live, what is measured and by which rules, and what an earlier watch saw. */
export async function beginWatch(order: LiveOrder, tools: Tools): Promise<Begun> {
  const { context, wired, base } = tools;
  const { runbook, clock } = wired;
  // Its clock begins when it is first asked, and not before all is ready: of a faster one seconds are minutes.
  let steady: (() => number) | undefined;
  // A record that ends later than this machine's clock was written by one that runs ahead: time goes on from there.
  let ahead = 0;
  const now = (): number => {
    steady ??= makeSteadyTime(clock);
    return steady() + ahead;
  };
  const watched = await findRelease(order.wanted, wired, base.clock.now().getTime());
  const book = order.rules === undefined ? makeRuleBook(runbook) : loadRules(context.cwd, order.rules);
  const watch = new Watch(book);
  const tallying = new Tallying(watch, order.failOn, {
    decision3: runbook.decisions?.['3']?.afterMinutes ?? 30,
    decision4: runbook.decisions?.['4']?.afterMinutes ?? 120,
  });
  const attention = new Attention();
  const trail = makeTrail(watch);
  const run = `w-${makeRunId(base.clock, context.random)}`;
  const recorder = makeRecorder({ run, version: watched.version }, context, wired);
  const file = openTickFile(watched, run, wired, context);
  const samplers = makeSamplers(order, run, watched, now, tools);
  const gapMs = file.isOld
    ? await recall({ file, tallying, attention, watch, trail }, now, tools)
    : undefined;
  if (file.isOld) ahead = Math.max(0, (tallying.tally().to ?? 0) - now());
  if (!file.isOld) await openAnew({ file, tallying, attention }, watched, tools);
  sayNoBaseline(watch, file.isOld, context.out.note);
  for (const tick of expectAll(samplers, now())) {
    tallying.take(tick);
    file.add(tick);
  }
  file.flush();
  // Where the ledger knows nothing of a release, the first watch of it says when users came.
  const { live = watched.live, open = watched.open } = watch.anchors() ?? {};
  return {
    watched: { ...watched, live, open },
    ...{ watch, tallying, attention, trail },
    file,
    samplers,
    now,
    run,
    recorder,
    gapMs,
  };
}
