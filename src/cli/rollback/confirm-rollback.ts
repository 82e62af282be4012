import { minutes } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Confirmation } from '../../domain/watch/judge-confirmation.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { LiveOrder } from '../watch/live-order.ts';
import { runLive } from '../watch/run-live.ts';
import type { Tty } from '../watch/screen/take-terminal.ts';
import type { Wired } from '../wired.ts';
import {
  type Confirmed,
  leaveUnconfirmed,
  tellConfirmation,
  watchLine,
  whyNotWatched,
} from './tell-confirmation.ts';

/** A person at a terminal stays; a script that does not say so goes on with what is verified. */
const isNow = ({ confirm }: CommandOptions, { terminal, flags }: CliContext): boolean =>
  confirm === undefined ? terminal.canAsk && !flags.yes : confirm === 'now';

const orderOf = (version: string, forMs: number): LiveOrder => ({
  ...{ wanted: version, forMs, everySeconds: undefined, rules: undefined, once: false },
  ...{ failOn: 'P1', autoRollback: undefined },
});

/** The rollback is over, whatever becomes of its watch. */
async function watchBack(
  version: string,
  context: CliContext,
  wired: Wired,
  tty: Tty | undefined,
): Promise<Confirmed> {
  // What --events named holds the steps of the rollback: the changes of the watch would take their place.
  const { events: _, ...flags } = context.flags;
  const order = orderOf(version, minutes(wired.runbook.monitoring.confirmMinutes));
  try {
    const told = await runLive(order, { ...context, flags }, wired, wired, tty);
    const said = told.result.confirmation as Confirmation | null;
    return { told, confirmation: said ?? { outcome: 'unconfirmed', said: 'the watch did not say' } };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { confirmation: { outcome: 'unconfirmed', said: `it was not watched: ${error.text.what}` } };
  }
}

function exitOf({ outcome }: Confirmation, { stop }: CliContext): ExitCode {
  if (outcome === 'confirmed') return EXIT.ok;
  if (outcome === 'refuted') return EXIT.unsafe;
  if (outcome === 'unconfirmed') return EXIT.no;
  return stop.stopping ? stop.exitCode : EXIT.stopped;
}

function sayBefore(version: string, { out, terminal }: CliContext, wired: Wired): void {
  const { confirmMinutes } = wired.runbook.monitoring;
  const way = terminal.canAsk ? 'q or Ctrl-C leaves' : 'Ctrl-C leaves';
  for (const line of [
    `  ${version} is back and users are in. Now real traffic is watched for ${confirmMinutes} min.`,
    `  ${way} the watch and nothing else; it is gone on with by: ${watchLine(version, wired)}`,
    '',
  ])
    out.note(line);
}

/**
 * What comes after a rollback that went through: verified was before users were let in, confirmed is after so many good
 * minutes of real traffic (E-22, RBX-6.5). A script leaves that to `release watch`, and says so. Ends with 3 when it is
 * not confirmed, with 7 when a rule calls for a rollback of this version, too.
 */
export async function confirmRollback(
  ended: CommandResult,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  tty?: Tty,
): Promise<CommandResult> {
  const { version } = ended;
  const isOver = ended.verdict === 'completed' && version !== undefined;
  if (!isOver || whyNotWatched(wired) !== undefined || !isNow(options, context))
    return leaveUnconfirmed(ended, context, wired);
  sayBefore(version, context, wired);
  const confirmed = await watchBack(version, context, wired, tty);
  const told = tellConfirmation(ended, confirmed, context, wired);
  return { ...told, exitCode: exitOf(confirmed.confirmation, context) };
}
