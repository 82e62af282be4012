import { sayDuration } from '../../domain/duration.ts';
import type { Plan } from '../../domain/plan.ts';
import { makeRollbackClock } from '../../domain/rollback-clock.ts';
import {
  estimateRollback,
  type RollbackEstimate,
} from '../../domain/rollback-rehearsal/estimate-rollback.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import type { Tried } from './time-part.ts';

const MOST_RUNS = 5;

/** How long entries took in the last runs that had them, the longest of each (ms). */
function findEarlier(runs: readonly RunState[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  const recent = runs
    .filter(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback')
    .slice(-MOST_RUNS);
  for (const { entries } of recent)
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.state !== 'done' || entry.how !== 'effect') continue;
      longest.set(name, Math.max(entry.tookMs, longest.get(name) ?? 0));
    }
  return longest;
}

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
  const earlier = findEarlier(foldRuns(await ledger.read(scope)));
  const found = estimateRollback(plan, { measured, earlier });
  const startedAt = clock.now().toISOString();
  const until = makeRollbackClock(severity, { startedAt }, runbook.severities)?.doneBy;
  const total = `about ${sayDuration(found.ms)}`;
  if (until === undefined)
    return {
      estimate: found,
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
  return { estimate: found, limitMs, tried: isInTime ? { outcome: 'ok', said } : late };
}
