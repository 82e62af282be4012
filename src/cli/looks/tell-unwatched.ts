import { minutes, sayDuration } from '../../domain/duration.ts';
import { foldWeek, type Week } from '../../ledger/fold-week.ts';
import { isLeftUnwatched } from '../../ledger/judge-week.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { nameLook } from './claim-look.ts';
import type { LooksDone } from './do-looks.ts';
import { tellNeverWatched } from './tell-week.ts';

type OwedBy = Pick<Wired, 'runbook' | 'env'>;

interface Owed {
  /** What nobody has done. */
  readonly said: string;
  /** The line that does it. */
  readonly next: string;
}

/** Of a release the whole monitoring; of a rollback as much as confirms it (docs/going-back.md). */
export function findOwed({ version, stopped, release }: Week, { runbook, env }: OwedBy): Owed {
  const { minutes: long, confirmMinutes } = runbook.monitoring;
  const why = stopped === undefined ? '' : ` (${stopped})`;
  if (release.plan.command === 'rollback')
    return {
      said: `the rollback to ${version} was never confirmed by ${sayDuration(minutes(confirmMinutes))} of its traffic`,
      next: `release watch ${version} --for ${confirmMinutes}m --env ${env}`,
    };
  return {
    said: `the ${sayDuration(minutes(long))} of monitoring of ${version} were never watched to an end${why}`,
    next: `release watch --env ${env}`,
  };
}

/**
 * What is to be said of a live release whose monitoring nobody watched to a good end; undefined: somebody did, or may do so yet, or
 * its week is over. People are told once. `now`: ms since 1970.
 */
export async function tellUnwatched(
  now: number,
  context: CliContext,
  wired: Wired,
): Promise<LooksDone | undefined> {
  const { ledger, scope, runbook } = wired;
  const week = foldWeek(await ledger.read(scope), runbook.monitoring);
  if (week === undefined || !isLeftUnwatched(week, now)) return undefined;
  const owed = findOwed(week, wired);
  const order = { now, ...owed, run: nameLook(context, wired) };
  const warnings = await tellNeverWatched(week, order, wired);
  return { said: [owed.said], exitCode: EXIT.no, warnings, next: [owed.next] };
}
