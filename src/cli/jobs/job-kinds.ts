import type { CliContext } from '../context.ts';
import { runDrift } from '../drift/run-drift.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { doLooks } from '../looks/do-looks.ts';
import { tellUnwatched } from '../looks/tell-unwatched.ts';
import { remindTasks } from '../tasks/remind.ts';
import type { Wired } from '../wired.ts';

/** What came of work that was due. */
export interface JobDone {
  readonly said: string;
  /** What people have to see of it; left out: nothing. */
  readonly exitCode?: ExitCode;
  readonly warnings?: readonly string[];
  readonly next?: readonly string[];
  /** True when there was nothing to do. */
  readonly isIdle?: boolean;
}

/**
 * Work that can come due. It may be begun twice, when its agent was killed, and says in a few words what it found;
 * undefined when it was stopped before it was done. `now`: ms since 1970, by the clock of the queue.
 */
export type JobKind = (context: CliContext, wired: Wired, now: number) => Promise<JobDone | undefined>;

/** A look at the set-up that tells people of a change, as `release drift --notify` does. */
const drift: JobKind = async (context, wired) => {
  const { verdict = 'looked' } = await runDrift({ notify: true }, context, wired);
  return { said: verdict };
};

/** What is due of the time after a watch. */
const makeLook =
  (mustClaim: boolean): JobKind =>
  async (context, wired, now) => {
    const done = await doLooks({ now, mustClaim }, context, wired);
    return (
      done && {
        ...done,
        said: done.said.join('; ') || 'nothing was left to do',
        isIdle: done.said.length + done.warnings.length === 0,
      }
    );
  };

/** That nobody watched what is live: it is nobody's order, and said by every tick until somebody does. */
const sayMonitoring: JobKind = async (context, wired, now) => {
  const done = await tellUnwatched(now, context, wired);
  return done === undefined ? { said: '', isIdle: true } : { ...done, said: done.said.join('; ') };
};

/** Tasks whose time is over: people are reminded once of each. */
const sayTasks: JobKind = async (context, wired, now) =>
  (await remindTasks(context, wired, now)) ?? { said: '', isIdle: true };

const MONITORING = 'monitoring';
const TASKS = 'tasks';

/** What nobody orders, and every tick looks at. */
export const UNORDERED: readonly (readonly [kind: string, work: JobKind])[] = [
  [MONITORING, sayMonitoring],
  [TASKS, sayTasks],
];

/** Kinds whose word is that people have something to do. */
export const isCall = (kind: string): boolean => UNORDERED.some(([name]) => name === kind);

/** The one kind that comes due by itself. */
export const LOOK = 'look';

/** Without a queue agents share looks through the ledger. */
export const lookAlone: JobKind = makeLook(true);

/** By the name that a job has in the queue. A kind that an older program does not know is left to newer ones. */
export const JOB_KINDS: ReadonlyMap<string, JobKind> = new Map([
  ['drift', drift],
  [LOOK, makeLook(false)],
]);

/** What people have to see first of several answers. */
export const worstExit = (codes: readonly ExitCode[]): ExitCode =>
  [EXIT.rollBack, EXIT.broke, EXIT.no].find((code) => codes.includes(code)) ?? EXIT.ok;
