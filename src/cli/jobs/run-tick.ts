import { ReleaseError } from '../../domain/failure.ts';
import { JobQueue } from '../../ledger/postgres/job-queue.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { openLedgerDatabase } from '../wiring/open-ledger-database.ts';
import { JOB_KINDS, type JobKind } from './job-kinds.ts';
import { parseInterval } from './parse-interval.ts';
import { CLAIM_MS, type WorkedOff, workOff } from './work-off.ts';

type Kinds = ReadonlyMap<string, JobKind>;

const noQueue = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `The ledger of ${env} is not in PostgreSQL, so it keeps no jobs.`,
    why: 'Agents share their work through the postgres store; with another one cron or CI calls the command itself.',
    next: 'Call release drift --notify every day, or see docs/jobs.md.',
    state: 'untouched',
  });

const everyMissing = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: '--schedule and --every belong together.',
    next: 'release tick --schedule drift --every 24h',
    state: 'untouched',
  });

/** Names this agent as no other process, here or elsewhere, now or later. */
const nameAgent = ({ host, random }: CliContext): string =>
  `${host}/${process.pid}/${Math.floor(random() * 36 ** 8).toString(36)}`;

async function withQueue<T>(
  context: CliContext,
  wired: Wired,
  work: (queue: JobQueue) => Promise<T>,
): Promise<T> {
  const { env, environment, clock } = wired;
  if (environment.ledger.store !== 'postgres') throw noQueue(env);
  const closers: (() => Promise<void>)[] = [];
  const database = await openLedgerDatabase({ ...wired, atEnd: (close) => closers.push(close) });
  const { schema } = environment.ledger;
  try {
    return await work(
      new JobQueue({ database, schema, clock, agent: nameAgent(context), claimMs: CLAIM_MS }),
    );
  } finally {
    await Promise.all(closers.map((close) => close()));
  }
}

/** One job at a time, so that an agent that is stopped leaves at most one behind. */
async function workOffAll(
  queue: JobQueue,
  kinds: Kinds,
  context: CliContext,
  wired: Wired,
): Promise<readonly WorkedOff[]> {
  const ended: WorkedOff[] = [];
  while (!context.stop.stopping) {
    const [job] = await queue.claim([wired.scope], [...kinds.keys()], 1);
    const kind = job && kinds.get(job.kind);
    if (kind === undefined) break;
    ended.push(await workOff(queue, job as NonNullable<typeof job>, kind, { context, wired }));
  }
  return ended;
}

const sayOne = ({ kind, scope, outcome, said, isOurs }: WorkedOff): string =>
  `  ${outcome === 'done' ? '✔' : '✗'} ${kind} of ${scope}: ${said}${isOurs ? '' : ' (recorded by another agent)'}`;

const answer = (text: string, result: CommandResult['result'], { env, runbook }: Wired): CommandResult => ({
  exitCode: EXIT.ok,
  result,
  text,
  next: [],
  warnings: [],
  env,
  sandbox: runbook.sandbox,
});

function tellAll(ended: readonly WorkedOff[], wired: Wired): CommandResult {
  const text = ended.length === 0 ? '  Nothing is due.' : ended.map(sayOne).join('\n');
  const jobs = ended.map(({ scope, kind, tick, outcome, said, isOurs }) => ({
    ...{ scope, kind, tick, outcome, said, isOurs },
  }));
  const isBroken = ended.some(({ outcome }) => outcome === 'failed');
  return { ...answer(text, { jobs }, wired), exitCode: isBroken ? EXIT.broke : EXIT.ok };
}

/** Does what is due of the environment's jobs, or changes what comes due. */
export function runTick(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  kinds: Kinds = JOB_KINDS,
): Promise<CommandResult> {
  const { schedule, every, unschedule } = options;
  const { scope } = wired;
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
    return tellAll(await workOffAll(queue, kinds, context, wired), wired);
  });
}
