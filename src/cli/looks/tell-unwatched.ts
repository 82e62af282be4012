import { minutes, sayDuration } from '../../domain/duration.ts';
import { foldWeek, type Week } from '../../ledger/fold-week.ts';
import { isLeftUnwatched } from '../../ledger/judge-week.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { nameLook } from './claim-look.ts';
import type { LooksDone } from './do-looks.ts';
import { tellNeverWatched } from './tell-week.ts';

const say = ({ version, stopped }: Week, { runbook }: Wired): string =>
  `the ${sayDuration(minutes(runbook.monitoring.minutes))} of monitoring of ${version} were never watched to an end${stopped === undefined ? '' : ` (${stopped})`}`;

/**
 * What is to be said of a live release whose monitoring nobody watched to a good end; undefined: somebody did, or may do so yet, or
 * its week is over. People are told once. `now`: ms since 1970.
 */
export async function tellUnwatched(
  now: number,
  context: CliContext,
  wired: Wired,
): Promise<LooksDone | undefined> {
  const { ledger, scope, runbook, env } = wired;
  const week = foldWeek(await ledger.read(scope), runbook.monitoring);
  if (week === undefined || !isLeftUnwatched(week, now)) return undefined;
  const said = say(week, wired);
  const next = `release watch --env ${env}`;
  const order = { now, said, next, run: nameLook(context, wired) };
  return {
    said: [said],
    exitCode: EXIT.no,
    warnings: await tellNeverWatched(week, order, wired),
    next: [next],
  };
}
