import { makeSchedule } from '../../config/make-schedule.ts';
import { sayWindow } from '../../domain/calendar/say-window.ts';
import { seeWindow } from '../../domain/calendar/see-window.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { makeWaivers, splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';

const WINDOW_CHECK = 'people.window-open';

const isClosed = (said: string, env: string): ReleaseError =>
  new ReleaseError('E_WINDOW_CLOSED', {
    what: `The window has closed since this run began: ${said}.`,
    why: 'Outside of it the people who would help are not there. Going back is always allowed.',
    next: `Go back with release rollback, or go on all the same: release deploy --resume --waive window --reason "…" --env ${env}`,
    state: 'partly-done',
  });

/** What keeps a resume of this run from being inside the window; undefined when nothing does. Later than the latest start is not too late: it has begun. */
function findClosed(state: RunState, { runbook, clock, env }: Pick<Wired, 'runbook' | 'clock' | 'env'>) {
  const schedule = makeSchedule(runbook);
  if (schedule === undefined || state.request.needsWindow === false) return undefined;
  const now = clock.now().getTime();
  const seen = seeWindow(schedule, now);
  return seen.is === 'open' || seen.is === 'too-late' ? undefined : sayWindow(seen, schedule, now, env);
}

/** Why --waive window was given; undefined when it was not. Throws E_WAIVE_REASON without a reason. */
function readReason({ waive, reason }: CommandOptions): string | undefined {
  const request = { globs: splitGlobs(waive), reason, by: '' };
  return makeWaivers(request, [WINDOW_CHECK]).find(({ check }) => check === WINDOW_CHECK)?.reason;
}

/**
 * A deploy that comes back after its window has closed, or into a freeze (F73). A person at a terminal reads it and answers
 * with the name of the environment; a script says --waive window. Resolves to the reason given, for the record. Throws
 * E_WINDOW_CLOSED (3).
 */
export function refuseClosedWindow(
  state: RunState,
  options: CommandOptions,
  { flags, terminal, out }: Pick<CliContext, 'flags' | 'terminal' | 'out'>,
  wired: Pick<Wired, 'runbook' | 'clock' | 'env'>,
): string | undefined {
  const said = findClosed(state, wired);
  if (said === undefined) return undefined;
  const reason = readReason(options);
  const maySeeIt = terminal.canAsk && !flags.yes;
  if (reason === undefined && !maySeeIt) throw isClosed(said, wired.env);
  out.note(`  ▲ The window has closed since this run began: ${said}.`);
  return reason ?? 'agreed to at the terminal';
}
