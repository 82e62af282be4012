import { minutes } from '../../domain/duration.ts';
import { isKnown } from '../../domain/watch/is-all-known.ts';
import { type Confirmation, judgeConfirmation } from '../../domain/watch/judge-confirmation.ts';
import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { type Live, progressOf } from './live.ts';

/** Whoever rolled back has not ended it, so that there is nothing yet that a watch could confirm. */
const notOver = (run: string, env: string): Confirmation => ({
  outcome: 'unconfirmed',
  said: `its rollback ${run} is not over: release rollback --resume --env ${env} ends it, also what was done by hand; then watch again`,
});

/** What this watch says of a rollback: undefined when it was not one that brought the version, or it is confirmed already. */
export function confirmationOf(live: Live, verdict: WatchVerdict): Confirmation | undefined {
  const { watched, watch, wired, tallying, attention, now, context, leaves, other, doubt, order } = live;
  if (watched.unended !== undefined && !order.once) return notOver(watched.unended, wired.env);
  const isBack = watched.plan?.command === 'rollback';
  if (!isBack || order.once || watched.facts.confirmation?.outcome === 'confirmed') return undefined;
  return judgeConfirmation({
    verdict,
    calmMs: Math.min(tallying.calm.lasted(now()), now() - attention.brokenAt),
    neededMs: minutes(wired.runbook.monitoring.confirmMinutes),
    watchedMs: progressOf(live).elapsedMs,
    isStopped: context.stop.stopping || leaves === 'unwatched',
    unknown: watch.states.filter((state) => !isKnown(state)).map(({ rule }) => rule.id),
    doubt: other ?? doubt ?? (watch.states.length === 0 ? 'no rule says what is good' : undefined),
  });
}

/** Puts it into the record of the rollback; what nobody watched to its end leaves that open. */
export function recordConfirmation({ recorder, run, watched }: Live, confirmation: Confirmation): void {
  if (confirmation.outcome === 'left' || watched.run === undefined || watched.unended !== undefined) return;
  const value = { ...confirmation, watch: run };
  const data = { name: 'confirmation', value } as const;
  recorder.event({ id: `${run}:confirmation`, run: watched.run, type: 'fact', data });
}
