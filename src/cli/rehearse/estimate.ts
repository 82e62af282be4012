import { sayDuration } from '../../domain/duration.ts';
import type { Plan } from '../../domain/plan.ts';
import { makeRollbackClock } from '../../domain/rollback-clock.ts';
import {
  estimateRollback,
  type RollbackEstimate,
} from '../../domain/rollback-rehearsal/estimate-rollback.ts';
import { makeSlots, type Slot } from '../../domain/rollback-rehearsal/make-slots.ts';
import { findEarlierTimes } from '../../ledger/find-earlier-times.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { Tried } from './time-part.ts';

const sayBy = ({ by }: RollbackEstimate): string =>
  [
    ['measured now', by.measured],
    ['as long as in earlier runs', by.earlier],
    ['usual times', by.usual],
    ['assumed', by.assumed],
  ]
    .filter(([, ms]) => Number(ms) > 0)
    .map(([word, ms]) => `${word} ${sayDuration(Number(ms))}`)
    .join(' · ');

/** The real rollback as far as it can be told, and the limit of its urgency. */
export interface Estimated {
  readonly estimate: RollbackEstimate;
  readonly slots: readonly Slot[];
  readonly limitMs?: number;
  readonly tried: Tried;
}

/** How long the plan would take against the limit of its urgency (RBX-00); waits of platforms are never measured here. */
export async function estimate(
  plan: Plan,
  measured: ReadonlyMap<string, number>,
  severity: string,
  { ledger, scope, runbook, clock }: Wired,
): Promise<Estimated> {
  const earlier = findEarlierTimes(foldRuns(await ledger.read(scope)));
  const found = estimateRollback(plan, { measured, earlier });
  const times = { estimate: found, slots: makeSlots(plan, found) };
  const startedAt = clock.now().toISOString();
  const until = makeRollbackClock(severity, { startedAt }, runbook.severities)?.doneBy;
  const total = `about ${sayDuration(found.ms)}`;
  if (until === undefined)
    return {
      ...times,
      tried: { outcome: 'ok', said: `${total} (${sayBy(found)}); ${severity} has no limit` },
    };
  const limitMs = until - Date.parse(startedAt);
  const said = `${total} of ${sayDuration(limitMs)} for ${severity} (${sayBy(found)})`;
  const isInTime = found.ms <= limitMs;
  const late = {
    outcome: 'not',
    said,
    remedy: 'Look which entry takes the time: --json lists them.',
  } as const;
  return { ...times, limitMs, tried: isInTime ? { outcome: 'ok', said } : late };
}
