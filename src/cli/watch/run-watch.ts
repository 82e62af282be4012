import { seconds } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { parseDuration } from '../../domain/parse-duration.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import type { Level } from '../../domain/watch/rule.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { withWired } from '../with-wired.ts';
import type { LiveOrder } from './live-order.ts';
import { refuseUnused } from './refuse-unused.ts';
import { replay } from './replay.ts';
import { runLive } from './run-live.ts';
import { speedUpClock } from './speed-up.ts';

const LEVELS = ['P0', 'P1', 'P2', 'hold'] as const;

const levelOf = (typed: CommandOptions[string]): Level | undefined => LEVELS.find((level) => level === typed);

const textOf = (typed: CommandOptions[string]): string | undefined =>
  typeof typed === 'string' ? typed : undefined;

const wrong = (flag: string, typed: string, like: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--${flag} ${typed.slice(0, 40)} is none.`,
    next: `Write it like --${flag} ${like}.`,
    state: 'untouched',
  });

function msOf(flag: string, typed: CommandOptions[string], like: string): number | undefined {
  if (typeof typed !== 'string') return undefined;
  const ms = parseDuration(typed);
  if (ms === undefined || ms < seconds(1)) throw wrong(flag, typed, like);
  return ms;
}

/** How often we ask ourselves: --rate requests a second, or --interval between two. */
function paceOf({ rate, interval }: CommandOptions): number | undefined {
  if (typeof rate === 'string') {
    const perSecond = Number(rate);
    if (!(perSecond > 0 && perSecond <= 100)) throw wrong('rate', rate, '1');
    return 1 / perSecond;
  }
  const ms = msOf('interval', interval, '15s');
  return ms === undefined ? undefined : ms / 1000;
}

function readOrder([typed]: readonly string[], options: CommandOptions): LiveOrder {
  return {
    wanted: typed === undefined ? undefined : parseReleaseVersion(typed),
    forMs: msOf('for', options.for, '120m'),
    everySeconds: paceOf(options),
    // Whoever orders a rollback for P0 wants the watch to live until then.
    failOn: levelOf(options.failOn) ?? levelOf(options.autoRollback) ?? 'P1',
    failOnIsTyped: options.failOn !== undefined,
    autoRollback: levelOf(options.autoRollback),
    once: options.once === true,
    rules: textOf(options.rules),
  };
}

/** `release watch`: what is live, or with --replay a record. */
export async function runWatch(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
): Promise<CommandResult> {
  const file = textOf(options.replay);
  const order = readOrder(args, options);
  if (file !== undefined) return replay({ file, rules: order.rules, failOn: order.failOn }, context);
  const scale = textOf(options.timeScale);
  return withWired(context, (wired) => {
    refuseUnused(wired);
    return runLive(order, context, scale === undefined ? wired : speedUpClock(wired, scale), wired);
  });
}
