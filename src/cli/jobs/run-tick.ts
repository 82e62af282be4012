import { carriesCandidates } from '../../config/carries-candidates.ts';
import { hours } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { foldWeek } from '../../ledger/fold-week.ts';
import type { JobQueue } from '../../ledger/postgres/job-queue.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findDue, isAnythingDue } from '../looks/do-looks.ts';
import type { Wired } from '../wired.ts';
import { isCall, JOB_KINDS, type JobKind, LOOK, lookAlone, UNORDERED, worstExit } from './job-kinds.ts';
import { parseInterval } from './parse-interval.ts';
import { hasQueue, withQueue } from './with-queue.ts';
import { perform, unattended, type WorkedOff, workOff } from './work-off.ts';

type Kinds = ReadonlyMap<string, JobKind>;

interface Tools {
  readonly context: CliContext;
  readonly wired: Wired;
}

const everyMissing = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: '--schedule and --every belong together.',
    next: 'release tick --schedule drift --every 24h',
    state: 'untouched',
  });

/** Looks come due by the record of the release itself, which nobody has to order. */
async function orderLook(queue: JobQueue, { ledger, scope, runbook }: Wired): Promise<void> {
  const week = foldWeek(await ledger.read(scope), runbook.monitoring);
  if (week === undefined) return;
  const now = await queue.now();
  const { next } = findDue(week, now);
  if (isAnythingDue(week, now)) await queue.order(scope, LOOK, 0);
  else if (next !== undefined) await queue.order(scope, LOOK, week.open + hours(next) - now);
}

/** One job at a time, so that an agent that is stopped leaves at most one behind. */
async function workOffAll(queue: JobQueue, kinds: Kinds, tools: Tools): Promise<readonly WorkedOff[]> {
  const { context, wired } = tools;
  if (kinds.has(LOOK)) await orderLook(queue, wired);
  const ended: WorkedOff[] = [];
  while (!context.stop.stopping) {
    const [job] = await queue.claim([wired.scope], [...kinds.keys()], 1);
    const kind = job && kinds.get(job.kind);
    if (job === undefined || kind === undefined) break;
    const one = await workOff(queue, job, kind, tools);
    if (one !== undefined) ended.push(one);
  }
  return kinds.has(LOOK) ? [...ended, ...(await doUnordered(await queue.now(), tools))] : ended;
}

/** What every tick looks at, one after the other, until somebody stops it. */
async function doUnordered(now: number, tools: Tools): Promise<readonly WorkedOff[]> {
  const ended: WorkedOff[] = [];
  for (const [kind, work] of UNORDERED) {
    if (tools.context.stop.stopping) break;
    ended.push(...(await doAlone(kind, work, now, tools)));
  }
  return ended;
}

/** What no queue has ordered; nothing where there was nothing to do, or it was stopped. */
async function doAlone(
  kind: string,
  work: JobKind,
  now: number,
  { context, wired }: Tools,
): Promise<readonly WorkedOff[]> {
  const done = await perform(work, unattended(context), wired, now);
  if (done === undefined || (done.outcome === 'done' && done.isIdle)) return [];
  return [{ scope: wired.scope, kind, tick: 0, ...done, isOurs: true }];
}

/** Without a queue: looks alone, shared through the ledger itself. */
async function lookWithoutQueue(tools: Tools): Promise<readonly WorkedOff[]> {
  const now = (): number => tools.wired.clock.now().getTime();
  const looked = await doAlone(LOOK, lookAlone, now(), tools);
  const isBroken = looked.some(({ outcome }) => outcome === 'failed');
  return isBroken ? looked : [...looked, ...(await doUnordered(now(), tools))];
}

const NEVER = '  Nothing comes due here: candidates are tried, and no user waits for a look.';

const signOf = ({ kind, outcome }: WorkedOff): string => {
  if (outcome !== 'done') return '✗';
  return isCall(kind) ? '▲' : '✔';
};

const sayOne = (one: WorkedOff): string =>
  `  ${signOf(one)} ${one.kind} of ${one.scope}: ${one.said}${one.isOurs ? '' : ' (recorded by another agent)'}`;

const answer = (text: string, result: CommandResult['result'], { env, runbook }: Wired): CommandResult => ({
  exitCode: EXIT.ok,
  result,
  text,
  next: [],
  warnings: [],
  env,
  sandbox: runbook.sandbox,
});

function tellAll(ended: readonly WorkedOff[], { context, wired }: Tools): CommandResult {
  const text = ended.length === 0 ? '  Nothing is due.' : ended.map(sayOne).join('\n');
  const jobs = ended.map(({ scope, kind, tick, outcome, said, isOurs }) => ({
    ...{ scope, kind, tick, outcome, said, isOurs },
  }));
  const codes = ended.map(({ outcome, exitCode = EXIT.ok }) =>
    outcome === 'failed' ? EXIT.broke : exitCode,
  );
  return {
    ...answer(text, { jobs }, wired),
    exitCode: context.stop.stopping ? context.stop.exitCode : worstExit(codes),
    next: ended.flatMap(({ next = [] }) => next),
    warnings: ended.flatMap(({ warnings = [] }) => warnings),
  };
}

/** Does what is due of the environment, or changes what comes due. */
export async function runTick(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  kinds: Kinds = JOB_KINDS,
): Promise<CommandResult> {
  const { schedule, every, unschedule } = options;
  const { scope, env } = wired;
  const tools = { context, wired };
  const isOrder = [schedule, every, unschedule].some((typed) => typed !== undefined);
  // No week follows what is only tried out: nobody owes it a look, a watch or a task. What people ordered is done there too.
  const isTrial = carriesCandidates(wired.runbook, env);
  if (!isOrder && !hasQueue(wired))
    return isTrial ? answer(NEVER, { jobs: [] }, wired) : tellAll(await lookWithoutQueue(tools), tools);
  return withQueue(context, wired, async (queue) => {
    if ((typeof schedule === 'string') !== (typeof every === 'string')) throw everyMissing();
    if (typeof schedule === 'string') {
      await queue.schedule(scope, schedule, parseInterval(String(every)));
      const text = `  ✔ ${schedule} of ${scope} is due now, and then every ${String(every)}. release tick does it.`;
      return answer(text, { scheduled: schedule, every: String(every) }, wired);
    }
    if (typeof unschedule === 'string') {
      const was = await queue.unschedule(scope, unschedule);
      const text = was ? `  ✔ ${unschedule} of ${scope} is due no more.` : '  There was no such job.';
      return answer(text, { unscheduled: was }, wired);
    }
    const due = isTrial ? new Map([...kinds].filter(([name]) => name !== LOOK)) : kinds;
    return tellAll(await workOffAll(queue, due, tools), tools);
  });
}
