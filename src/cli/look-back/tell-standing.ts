import type { JsonObject } from '../../domain/json.ts';
import { listOpenTasks, listOverdueTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import { tellWeek } from '../../report/week-text.ts';
import type { Standing } from './read-standing.ts';

const countTasks = (list: TaskList, now: number): JsonObject => ({
  ...{ of: list.of, list: list.list, about: list.about },
  open: listOpenTasks(list).length,
  overdue: listOverdueTasks(list, now).map(({ id }) => id),
});

const tellHeld = ({ maintenance, jobsPaused, trafficAway, webhooksOff }: Standing): JsonObject => ({
  maintenanceSince: maintenance?.since ?? null,
  maintenanceInDoubt: maintenance?.inDoubt ?? false,
  jobsPausedSince: jobsPaused?.since ?? null,
  jobsPausedInDoubt: jobsPaused?.inDoubt ?? false,
  trafficAwaySince: trafficAway?.since ?? null,
  trafficAwayInDoubt: trafficAway?.inDoubt ?? false,
  webhooksOff: webhooksOff === undefined ? null : { ...webhooksOff, endpoints: [...webhooksOff.endpoints] },
});

/** What people are waited for, since when and who comes behind them. */
const tellWaiting = ({ waiting = [] }: Standing): JsonObject[] =>
  waiting.map(({ turns, ...decision }) => ({
    ...decision,
    roles: turns.map(({ role, onDuty, backup }) => ({
      ...{ role, onDuty: onDuty ? { ...onDuty } : null, backup: backup ? { ...backup } : null },
    })),
  }));

function tellIncident({ incident }: Standing): JsonObject | null {
  if (incident === undefined) return null;
  const { commander, since, offer, ...about } = incident;
  return { ...about, commander: commander ?? null, since: since ?? null, offer: offer ? { ...offer } : null };
}

/** An environment for machines (`release status --json`). `now`: ms since 1970. */
export const tellStanding = (standing: Standing, now: number): JsonObject => {
  const { env, live, byLedger, open, holder, confirmation, preflight, drift, ledgerAsOf, unsynced, week } =
    standing;
  return {
    name: env,
    live: live.known ? live.version : null,
    liveUnknown: live.known ? null : live.because,
    maintenance: live.known ? (live.maintenance ?? null) : null,
    ...tellHeld(standing),
    phase: (standing.phase ?? []).map(({ row, isNow }) => ({ ...row, isNow })),
    incident: tellIncident(standing),
    waiting: tellWaiting(standing),
    nextAttempt: standing.nextAttempt ? { ...standing.nextAttempt } : null,
    tookBack: standing.tookBack ?? null,
    confirmation: confirmation === undefined ? null : { ...confirmation },
    ledger: byLedger ? { ...byLedger } : null,
    ledgerAsOf: ledgerAsOf ? { because: ledgerAsOf.because, at: ledgerAsOf.at || null } : null,
    unsynced: unsynced ? { entries: unsynced.entries ?? null, folder: unsynced.folder } : null,
    week: week ? tellWeek(week, now) : null,
    tasks: (standing.tasks ?? []).map((list) => countTasks(list, now)),
    run: open
      ? { run: open.run, command: open.plan.command, version: open.plan.version, state: open.end }
      : null,
    lock: holder ? { ...holder } : null,
    preflight: preflight
      ? { at: preflight.at, verdict: preflight.call, version: preflight.version ?? null }
      : null,
    drift: drift?.last
      ? {
          at: drift.last.at,
          verdict: drift.last.call,
          changes: drift.last.changes.map((change) => ({ ...change })),
          baseline: drift.baseline?.run ?? null,
        }
      : null,
  };
};
