import { isWorse, rankOf } from '../../domain/watch/rule.ts';
import { type DueLooks, findDueLooks } from '../../domain/week/list-looks.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldWeek, type Week } from '../../ledger/fold-week.ts';
import { isWeekOver, judgeWeek } from '../../ledger/judge-week.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Wired } from '../wired.ts';
import type { LookOrder } from './begin-look.ts';
import { claimLook, listTaken, nameLook } from './claim-look.ts';
import { findDoubt } from './find-doubt.ts';
import { type LookTaken, takeLook } from './take-look.ts';
import { tellLate } from './tell-late.ts';
import { tellSuccessful, tellTrouble } from './tell-week.ts';

/** What was done about a release, in a few words, and how bad it is. */
export interface LooksDone {
  readonly said: readonly string[];
  readonly exitCode: ExitCode;
  readonly warnings: readonly string[];
  readonly next: readonly string[];
}

export interface LooksOrder {
  /** ms since 1970: of the server where there is one. */
  readonly now: number;
  /** True where no queue has given the work to us alone. */
  readonly mustClaim: boolean;
}

const read = async ({ ledger, scope, runbook }: Wired): Promise<Week | undefined> =>
  foldWeek(await ledger.read(scope), runbook.monitoring);

const NOTHING: DueLooks = { now: undefined, missed: [], next: undefined };

/** What is due, without what somebody else is at. Of a release that nobody watched nothing is left when its week is over. */
export function findDue(week: Week, now: number): DueLooks {
  if (week.completeAt === undefined && isWeekOver(week, now)) return NOTHING;
  const taken = [...week.looks, ...listTaken(week, now)];
  return findDueLooks(week.plan, new Set(taken.map(({ hour }) => hour)), now - week.open);
}

/** True when anything is left to do for this release at `now`. */
export const isAnythingDue = (week: Week, now: number): boolean => {
  const { now: hour, missed } = findDue(week, now);
  return hour !== undefined || missed.length > 0 || isToDeclare(week, now);
};

const isToDeclare = (week: Week, now: number): boolean =>
  week.successfulAt === undefined && judgeWeek(week, now).state === 'proven';

const QUIET: LooksDone = { said: [], exitCode: EXIT.ok, warnings: [], next: [] };

/** 8 for what a watch would end with 8 for, 3 for what is not known or people have to decide. */
function exitOf({ verdict, level }: LookTaken): ExitCode {
  if (rankOf(level) >= rankOf('P1')) return EXIT.rollBack;
  return verdict === 'clean' ? EXIT.ok : EXIT.no;
}

async function recordMissed({ missed }: DueLooks, week: Week, { ledger, scope }: Wired): Promise<LooksDone> {
  if (missed.length === 0) return QUIET;
  const { run } = week.release;
  const id = `${run}:missed:${missed[0]}:${missed.at(-1)}`;
  const data = { version: week.version, hours: missed };
  await ledger.note(scope, { id, run, type: 'watch.missed', data });
  const said = `nobody looked at hour ${missed.join(', ')} of ${week.version}: recorded as missed`;
  return { ...QUIET, said: [said], exitCode: EXIT.no };
}

/** Undefined when another agent has recorded this look meanwhile: then its record counts. */
async function recordLook(
  run: string,
  look: LookTaken,
  week: Week,
  { ledger, scope }: Wired,
): Promise<LedgerEvent | undefined> {
  const { run: release } = week.release;
  const data = { version: week.version, ...look };
  const noted = await ledger.note(scope, {
    id: `${release}:look:${look.hour}`,
    run,
    type: 'watch.looked',
    data,
  });
  return noted.run === run ? noted : undefined;
}

const sayLook = ({ hour, verdict, level, said }: LookTaken, { version }: Week): string =>
  `hour ${hour} of ${version}: ${verdict === 'above' ? level : verdict}${said === '' ? '' : ` (${said})`}`;

async function look(
  hour: number,
  run: string,
  order: LooksOrder & Pick<LookOrder, 'skewMs'>,
  week: Week,
  tools: { readonly context: CliContext; readonly wired: Wired },
): Promise<LooksDone | undefined> {
  const { wired } = tools;
  if (order.mustClaim && !(await claimLook(run, hour, week, wired)))
    return { ...QUIET, said: [`hour ${hour} of ${week.version}: another agent looks`] };
  const taken = await takeLook({ week, hour, run, skewMs: order.skewMs }, tools);
  if (taken === undefined) return undefined;
  if ((await recordLook(run, taken, week, wired)) === undefined)
    return { ...QUIET, said: [`hour ${hour} of ${week.version}: recorded by another agent`] };
  const calls = isWorse(taken.level, 'hold');
  const isNews = calls && isWorse(taken.level, week.known);
  const warnings = isNews ? await tellTrouble(taken, week, wired) : [];
  const ways = [`release watch --env ${wired.env}`, `release rollback --to ${week.back} --env ${wired.env}`];
  return { said: [sayLook(taken, week)], exitCode: exitOf(taken), warnings, next: calls ? ways : [] };
}

/** Whoever records it first tells people. */
async function declare({ now }: LooksOrder, run: string, wired: Wired): Promise<LooksDone> {
  const week = await read(wired);
  if (week === undefined) return QUIET;
  const late = await tellLate(week, now, wired);
  if (!isToDeclare(week, now)) return { ...QUIET, warnings: late };
  const doubt = await findDoubt(week, wired);
  if (doubt !== undefined) {
    const why = `${week.version} is not called successful yet: ${doubt}`;
    return { ...QUIET, said: [why], exitCode: EXIT.no, warnings: late };
  }
  const said = `successful: ${week.needed.length} looks, all clean, no P0 or P1, no rollback`;
  const data = { version: week.version, verdict: 'healthy', state: 'successful', said } as const;
  const id = `${week.release.run}:successful`;
  const noted = await wired.ledger.note(wired.scope, { id, run, type: 'watch.ended', data });
  if (noted.run !== run) return { ...QUIET, warnings: late };
  const warnings = [...late, ...(await tellSuccessful(week, wired))];
  return { ...QUIET, said: [`${week.version} is ${said}`], warnings };
}

/** The exit code that people have to see first. */
const worseOf = (a: ExitCode, b: ExitCode): ExitCode =>
  [EXIT.rollBack, EXIT.no].find((code) => code === a || code === b) ?? EXIT.ok;

const join = (parts: readonly LooksDone[]): LooksDone => ({
  said: parts.flatMap(({ said }) => said),
  exitCode: parts.reduce<ExitCode>((worst, { exitCode }) => worseOf(worst, exitCode), EXIT.ok),
  warnings: parts.flatMap(({ warnings }) => warnings),
  next: parts.flatMap(({ next }) => next),
});

/**
 * What is due of the time after a watch: the look of this hour, hours that nobody looked at, and the word that the release
 * is successful. Each look is recorded once, however many agents ask. Undefined when it was stopped on the way.
 */
export async function doLooks(
  order: LooksOrder,
  context: CliContext,
  wired: Wired,
): Promise<LooksDone | undefined> {
  const skewMs = wired.clock.now().getTime() - order.now;
  const week = await read(wired);
  if (week === undefined) return QUIET;
  const run = nameLook(context, wired);
  const due = findDue(week, order.now);
  const missed = await recordMissed(due, week, wired);
  const looked =
    due.now === undefined ? QUIET : await look(due.now, run, { ...order, skewMs }, week, { context, wired });
  if (looked === undefined) return undefined;
  return join([missed, looked, await declare(order, run, wired)]);
}
