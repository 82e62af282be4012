import type { WatchVerdict } from '../../domain/watch/tally.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { beginWatch } from './begin-watch.ts';
import { WATCH_EXITS } from './exits.ts';
import { type Live, plannedEnd, verdictOf } from './live.ts';
import type { LiveOrder } from './live-order.ts';
import { lookOnce } from './look-once.ts';
import { resultOf } from './result-of.ts';
import { sayEnd, sayStart } from './say-live.ts';
import { watchOn } from './watch-on.ts';

function exitOf({ context }: Live, verdict: WatchVerdict): ExitCode {
  return context.stop.stopping ? context.stop.exitCode : WATCH_EXITS[verdict];
}

/** `release watch`: measures, judges and tells until the time is over or a rule fires. */
export async function runLive(order: LiveOrder, context: CliContext, wired: Wired): Promise<CommandResult> {
  const begun = await beginWatch(order, { context, wired });
  const live: Live = { ...begun, order, context, wired, began: begun.now(), fired: undefined };
  const end = plannedEnd(live);
  if (order.once) await lookOnce(live);
  else {
    sayStart(live, end);
    await watchOn(live, end);
  }
  const verdict = verdictOf(live);
  return {
    exitCode: exitOf(live, verdict),
    verdict,
    result: resultOf(live, verdict),
    text: sayEnd(live, verdict),
    next:
      verdict === 'rollback'
        ? [`release rollback --to ${live.watched.from || 'previous'} --env ${wired.env}`]
        : [],
    warnings: [],
    env: wired.env,
    version: live.watched.version,
    run: live.run,
    sandbox: wired.runbook.sandbox,
  };
}
