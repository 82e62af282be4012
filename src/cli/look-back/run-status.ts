import { progressMinutes } from '../../config/progress-pace.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { dateAt } from '../../domain/calendar/dates.ts';
import { findDue } from '../../domain/prepare/find-due.ts';
import type { Look } from '../../report/look.ts';
import { sayMeasures } from '../../report/measures-text.ts';
import { type Prepared, sayPrepared } from '../../report/prepared-text.ts';
import { sayStatus } from '../../report/status-text.ts';
import { sayOverdue, sayWhy } from '../../report/why-text.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wire } from '../wired.ts';
import { listEnvs } from './list-envs.ts';
import { listFirstChecks, listWaysOn } from './list-ways-on.ts';
import { refuseBlind } from './look-or-nothing.ts';
import { readPrepared } from './read-prepared.ts';
import { readStanding, type Standing } from './read-standing.ts';
import { tellStanding } from './tell-standing.ts';

/** What is live, what is open, what is locked; the ways on for a run that did not end. */
export async function runStatus(context: CliContext, wire: Wire, isWhyAsked = false): Promise<CommandResult> {
  const { envs, runbook } = await listEnvs(context, wire);
  const standings = await Promise.all(envs.map((env) => readStanding(context, wire, env)));
  refuseBlind(standings);
  const prepared = await readPrepared(context, wire, standings);
  const { terminal, clock } = context;
  const look = lookOf({ terminal });
  const moment = { now: clock.now(), zone: runbook.timezone };
  const now = clock.now().getTime();
  const drawn = standings.map((one) => withPrepared(one, prepared));
  const sayRole = (role: string): string => runbook.roles[role]?.title ?? role;
  const ways = standings.flatMap((one) => listWaysOn(one, runbook, now));
  const today = dateAt(now, runbook.window?.zone ?? runbook.timezone);
  return {
    exitCode: EXIT.ok,
    result: {
      preparing:
        prepared.open === undefined ? null : { run: prepared.open.run, version: prepared.open.plan.version },
      environments: standings.map((one) => tellStanding(one, now)),
      prepared: prepared.versions.map(({ version, candidate, day, days }) => ({
        ...{ version, candidate, day: day ?? null },
        due: findDue(days, today).map(({ row, isNow }) => ({ ...row, isNow })),
      })),
    },
    text: [
      sayStatus(`${runbook.sandbox ? 'SANDBOX  ' : ''}${runbook.product}`, drawn, moment, look, sayRole),
      ...standings.flatMap((one) => sayWatch(one, runbook, now, isWhyAsked, look)),
      ...sayPrepared(prepared, today, terminal.stdoutIsTty ? look : undefined),
    ].join('\n'),
    next: [...ways, ...listFirstChecks(prepared, standings)],
    warnings: [],
    sandbox: runbook.sandbox,
    ...(context.flags.env === undefined ? {} : { env: context.flags.env }),
  };
}

/** The way of a release begins with its candidate, where one is on record. */
function withPrepared(standing: Standing, { known }: Prepared): Standing {
  const { strip } = standing;
  if (strip === undefined || !known.includes(strip.version)) return standing;
  return { ...standing, strip: { ...strip, phases: [{ name: 'prepare', state: 'done' }, ...strip.phases] } };
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
