import { progressMinutes } from '../../config/progress-pace.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { dateAt } from '../../domain/calendar/dates.ts';
import type { JsonObject } from '../../domain/json.ts';
import { findDue } from '../../domain/prepare/find-due.ts';
import type { RunState } from '../../ledger/fold.ts';
import { listOpenTasks, listOverdueTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import { isLeftUnwatched } from '../../ledger/judge-week.ts';
import { makePaint } from '../../report/color.ts';
import type { Look } from '../../report/look.ts';
import { sayMeasures } from '../../report/measures-text.ts';
import { sayPrepared } from '../../report/prepared-text.ts';
import { sayStatus } from '../../report/status-text.ts';
import { tellWeek } from '../../report/week-text.ts';
import { sayOverdue, sayWhy } from '../../report/why-text.ts';
import { signLine } from '../approvals/sign-line.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findOwed } from '../looks/tell-unwatched.ts';
import { wayBackOn } from '../runs/ways-on.ts';
import type { Wire } from '../wired.ts';
import { listEnvs } from './list-envs.ts';
import { refuseBlind } from './look-or-nothing.ts';
import { readPrepared } from './read-prepared.ts';
import { readStanding } from './read-standing.ts';

/** What is live, what is open, what is locked; the ways on for a run that did not end. */
export async function runStatus(context: CliContext, wire: Wire, isWhyAsked = false): Promise<CommandResult> {
  const { envs, runbook } = await listEnvs(context, wire);
  const standings = await Promise.all(envs.map((env) => readStanding(context, wire, env)));
  refuseBlind(standings);
  const prepared = await readPrepared(context, wire, standings);
  const { terminal, clock } = context;
  const look = { paint: makePaint(terminal.color.stdout), ascii: terminal.ascii, columns: 80 };
  const moment = { now: clock.now(), zone: runbook.timezone };
  const today = dateAt(clock.now().getTime(), runbook.window?.zone ?? runbook.timezone);
  return {
    exitCode: EXIT.ok,
    result: {
      environments: standings.map((one) => ({
        ...asJson(one, clock.now().getTime()),
        waiting: (one.waiting ?? []).map((decision) => ({ ...decision })),
        nextAttempt: one.nextAttempt ? { ...one.nextAttempt } : null,
      })),
      prepared: prepared.versions.map(({ version, candidate, day, days }) => ({
        ...{ version, candidate, day: day ?? null },
        due: findDue(days, today).map(({ row, isNow }) => ({ ...row, isNow })),
      })),
    },
    text: [
      sayStatus(`${runbook.sandbox ? 'SANDBOX  ' : ''}${runbook.product}`, standings, moment, look),
      ...standings.flatMap((one) => sayWatch(one, runbook, clock.now().getTime(), isWhyAsked, look)),
      ...sayPrepared(prepared, today),
    ].join('\n'),
    next: standings.flatMap((one) => waysOn(one, runbook, clock.now().getTime())),
    warnings: [],
    sandbox: runbook.sandbox,
    ...(context.flags.env === undefined ? {} : { env: context.flags.env }),
  };
}

/** What the watch of what is live has to say: why, when that is asked, and updates that stay away in any case. */
function sayWatch(
  { env, watch: record, week }: Standing,
  runbook: Runbook,
  now: number,
  isWhyAsked: boolean,
  look: Look,
): string[] {
  const { timezone: zone, rules } = runbook;
  const telling = { now, zone, rules, everyMinutes: progressMinutes(runbook) };
  const overdue = sayOverdue({ env, record }, telling);
  return [
    ...(overdue === undefined ? [] : [overdue]),
    ...(isWhyAsked ? sayWhy({ env, record }, telling, look) : []),
    ...(isWhyAsked && week !== undefined ? sayMeasures(env, week, rules) : []),
  ];
}

type Standing = Awaited<ReturnType<typeof readStanding>>;

/** Where a run failed and by what, by its record. */
function findFailed({ entries }: RunState): readonly [at: string | undefined, code: string | undefined] {
  const [name, state] = Object.entries(entries).find(([, one]) => one.state === 'failed') ?? [];
  return [name, state?.state === 'failed' ? state.code : undefined];
}

/** The exact command lines that go on from an open run, or from a release that nobody watches (ux 2.4). */
function waysOn(standing: Standing, runbook: Runbook, now: number): string[] {
  const { env, open, holder, unsynced, week, waiting = [] } = standing;
  // What went past the ledger comes first: whoever goes on must know of it.
  if (unsynced !== undefined) return [`release ledger sync --env ${env}`];
  if (open === undefined && week !== undefined && isLeftUnwatched(week, now))
    return [findOwed(week, { runbook, env }).next];
  const sign = waiting.map(({ point, version }) => signLine(point, version, env));
  if (open === undefined || holder?.alive) return sign;
  const { command, from } = open.plan;
  if (command === 'rollback') return [wayBackOn(open.plan, ...findFailed(open))];
  const back = command === 'deploy' && from !== '' ? [`release rollback --to ${from} --env ${env}`] : [];
  const abandon = command === 'deploy' ? [`release deploy --abandon --env ${env} --reason "…"`] : [];
  return [...sign, `release ${command} --resume --env ${env}`, ...back, ...abandon];
}

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

const asJson = (standing: Standing, now: number): JsonObject => {
  const { env, live, byLedger, open, holder, confirmation, preflight, drift, ledgerAsOf, unsynced, week } =
    standing;
  return {
    name: env,
    live: live.known ? live.version : null,
    liveUnknown: live.known ? null : live.because,
    maintenance: live.known ? (live.maintenance ?? null) : null,
    ...tellHeld(standing),
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
