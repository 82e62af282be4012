import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { sayConfirmation } from '../../report/confirmation-text.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import { tellIfComplete } from '../looks/tell-week.ts';
import type { Wired } from '../wired.ts';
import { confirmationOf, recordConfirmation } from './confirmation.ts';
import { WATCH_EXITS } from './exits.ts';
import { findOther } from './find-other.ts';
import { type Live, plannedEnd, verdictOf } from './live.ts';
import type { LiveOrder } from './live-order.ts';
import { lookOnce } from './look-once.ts';
import { makeLive } from './make-live.ts';
import { exitWith, sayLost } from './outbox.ts';
import { isToEnd, recordBegin, recordEnd, whyIncomplete } from './record-end.ts';
import { resolvePage } from './resolve-page.ts';
import { resultOf } from './result-of.ts';
import { isOrdered, rollBackNow } from './roll-back.ts';
import { sayEnd, sayStart } from './say-live.ts';
import type { Tty } from './screen/take-terminal.ts';
import { tellOutcome } from './tell-outcome.ts';
import { makeWatchCard, type WatchCard } from './watch-card.ts';
import { watchOn } from './watch-on.ts';

function exitOf(
  { context, leaves, fired }: Live,
  verdict: WatchVerdict,
  rolled: CommandResult | undefined,
): ExitCode {
  // A rollback that did not go through is what has to be seen; one that did leaves the watch's own answer.
  if (rolled !== undefined && rolled.exitCode !== EXIT.ok) return rolled.exitCode;
  if (leaves === 'unwatched' && fired === undefined) return EXIT.stopped;
  return context.stop.stopping ? context.stop.exitCode : WATCH_EXITS[verdict];
}

/** Gives what waits for the updates that are still being posted, and the card of what is watched. */
async function lookOrWatch(live: Live): Promise<{ drain: () => Promise<void>; card: WatchCard }> {
  const end = plannedEnd(live);
  const card = makeWatchCard(live);
  try {
    if (!live.order.once) {
      sayStart(live, end);
      return { drain: await watchOn(live, end, card), card };
    }
    await lookOnce(live);
    return { drain: async () => undefined, card };
  } finally {
    live.file.close();
  }
}

/** What came after the watch, for machines. */
const cameOf = (
  rolled: CommandResult | undefined,
  confirmation: ReturnType<typeof confirmationOf>,
  lost: ReturnType<Live['recorder']['lost']>,
) => ({
  confirmation: confirmation === undefined ? null : { ...confirmation },
  rollback: rolled === undefined ? null : { exitCode: rolled.exitCode },
  unrecorded: lost?.events.map(({ type }) => type) ?? [],
});

/**
 * `release watch`: measures, judges and tells until the time is over or a rule fires. `base` is the same program on the
 * clock that everything but the watch goes by.
 */
export async function runLive(
  order: LiveOrder,
  context: CliContext,
  wired: Wired,
  base: Wired = wired,
  tty: Tty = process,
): Promise<CommandResult> {
  const live = await makeLive(order, context, { wired, base, tty });
  recordBegin(live);
  const { drain, card } = await lookOrWatch(live);
  // Asked once more: a deploy that began meanwhile would lose its lock to this rollback.
  if (isOrdered(live)) live.other = (await findOther(live.watched, base)).other;
  const verdict = verdictOf(live);
  // What is said at the end is of the watch, whatever a rollback takes after it.
  const endedAt = live.now();
  if (!order.once) recordEnd(live, verdict);
  const confirmation = confirmationOf(live, verdict);
  if (confirmation !== undefined) recordConfirmation(live, confirmation);
  live.ended.resolve();
  const rolled = isOrdered(live) ? await rollBackNow(live) : await live.byHand;
  // People and the ledger come after the rollback: a Slack that hangs would keep users in the outage.
  // What people were told is recorded when they have been.
  await drain();
  if (!order.once) await tellOutcome(live, confirmation);
  await live.recorder.done();
  const lost = live.recorder.lost();
  const untold = order.once || rolled !== undefined || lost !== undefined ? [] : await tellIfComplete(base);
  const page = await resolvePage(live, verdict, confirmation);
  const atEnd = { ...live, now: () => endedAt };
  const warnings = [...(rolled?.warnings ?? untold), ...page.warnings, ...(await card.end())];
  return {
    exitCode: exitWith(exitOf(live, verdict, rolled), lost),
    verdict,
    result: { ...resultOf(atEnd, verdict), ...cameOf(rolled, confirmation, lost) },
    text: [
      sayEnd(atEnd, verdict),
      ...(confirmation === undefined ? [] : [sayConfirmation(confirmation, lookOf(context))]),
      ...page.said,
      ...(rolled === undefined ? [] : [rolled.text]),
    ].join('\n\n'),
    next: rolled?.next ?? nextOf(live, verdict),
    warnings: lost === undefined ? warnings : [sayLost(lost), ...warnings],
    env: wired.env,
    version: live.watched.version,
    run: live.run,
    sandbox: wired.runbook.sandbox,
  };
}

function nextOf(live: Live, verdict: WatchVerdict): readonly string[] {
  const { watched, wired, leaves, context, other } = live;
  if (watched.unended !== undefined && verdict !== 'rollback')
    return [`release rollback --resume --env ${wired.env}`];
  const isIncomplete = isToEnd(live) && other === undefined && whyIncomplete(live, verdict) !== undefined;
  if (verdict !== 'rollback')
    return leaves === 'unwatched' || context.stop.stopping || isIncomplete
      ? [`release watch --env ${wired.env}`]
      : [];
  return [
    `release rollback --to ${watched.back} --env ${wired.env}`,
    `release status --why --env ${wired.env}`,
  ];
}
