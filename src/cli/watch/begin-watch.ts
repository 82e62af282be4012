import { loadRules } from '../../config/load-rules.ts';
import { makeRuleBook } from '../../config/make-rule-book.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { Watch } from '../../domain/watch/fold.ts';
import { Tallying } from '../../domain/watch/tally.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { makeSteadyTime } from '../../engine/watch/sample-until.ts';
import type { Sampler } from '../../engine/watch/sampler.ts';
import { Attention } from './attention.ts';
import type { Begun } from './begun.ts';
import { sayNoBaseline } from './capture-baseline.ts';
import { expectAll } from './expect-all.ts';
import { findRelease, type Watched } from './find-release.ts';
import type { LiveOrder } from './live-order.ts';
import { beginAnew, makeTrail, openRecord, recall, type Tools } from './recall.ts';
import { makeRecorder } from './recorder.ts';
import { makeSources } from './sources/make-sources.ts';
import { makeNotes } from './sources/notes.ts';
import { openTickFile } from './tick-file.ts';

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
  if (!file.isOld) await openRecord({ file, tallying, attention }, watched, tools);
  beginAnew(order, { file, tallying, attention, watch }, now(), tools);
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
