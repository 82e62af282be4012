import { ReleaseError } from '../domain/failure.ts';
import { makePaint } from '../report/color.ts';
import { sayError } from '../report/errors.ts';
import { reportBug } from './bug.ts';
import { systemClock } from './clock.ts';
import type { CommandResult } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT } from './exit.ts';
import { exitCodeOf } from './exit-by-code.ts';
import { type HandedOver, handOver } from './hand-over.ts';
import { goOnWith } from './in-same-file.ts';
import { errorInSamePlace } from './in-same-place.ts';
import { LOADERS } from './load.ts';
import { checkOutFiles } from './out-files.ts';
import type { Parsed } from './program.ts';
import { type Sight, sayResult } from './say-result.ts';

type Ending = Pick<CommandResult, 'exitCode'> & Partial<CommandResult> & { readonly error?: ReleaseError };

/** Runs one command and prints how it ended. Returns the exit code; never throws. */
export async function conduct(parsed: Parsed, context: CliContext): Promise<number> {
  const startedAt = context.clock.now();
  const start = context.clock.monotonic();
  const reached = await end(parsed, context);
  // Node tells of a broken promise only between two turns; a command can end within one.
  await systemClock.sleep(0);
  const ended = afterBugs(reached, context.stop.bugs);
  const ending = ended.next ? { ...ended, next: goOnWith(ended.next, context) } : ended;
  const parts = {
    env: context.flags.env,
    ...ending,
    tool: context.tool,
    command: context.command,
    startedAt,
    finishedAt: context.clock.now(),
    durationMs: context.clock.monotonic() - start,
  };
  return say(ending, handOver(parts, sayInFile(ending), parsed.spec, context), context);
}

/** Prints the ending; a file that could not be written is a warning in it, and never a good end. */
function say(ending: Ending, { envelope, unwritten }: HandedOver, context: CliContext): number {
  const { flags, out } = context;
  const text = sayResult(ending, sightOf(context));
  if (flags.json) out.json(envelope);
  else if (text !== '') sayText(context, text, ending.isFile);
  for (const warning of ending.warnings ?? []) out.note(`  ▲ ${warning}`);
  for (const line of unwritten) out.note(`error  ${line}`);
  return Number(envelope.exitCode);
}

const sayInFile = (ending: Ending): string =>
  ending.error ? sayError(ending.error, ending.exitCode, makePaint(false)) : sayResult(ending, undefined);

/** The screen that the ending is said on; a pipe has neither edge nor top. */
const sightOf = ({ terminal, flags }: CliContext): Sight | undefined => {
  const columns = terminal.screen[flags.events === '-' ? 'stderr' : 'stdout'];
  return columns === undefined ? undefined : { columns, rows: terminal.rows };
};

/** A bug that nobody waited for takes a good ending back: what it broke off is not known. Other endings stay. */
function afterBugs(ending: Ending, bugs: readonly unknown[]): Ending {
  if (ending.exitCode !== EXIT.ok || bugs.length === 0) return ending;
  const { verdict: _, ...rest } = ending;
  return { ...rest, exitCode: EXIT.broke, error: bugAsError(bugs[0]) };
}

async function end(parsed: Parsed, context: CliContext): Promise<Ending> {
  try {
    checkOutFiles(context.flags.out, parsed.spec);
    const load = LOADERS[parsed.spec.name];
    if (load === undefined) throw new TypeError(`no loader for ${parsed.spec.name}`);
    // Git answers while the command is loaded; asking it afterwards would be waiting for it.
    if (parsed.spec.takesEnv && !parsed.spec.onlyLooks) void context.readActor();
    const { run } = await load();
    return await untilStopped(run(parsed.args, parsed.options, context), parsed, context);
  } catch (error) {
    return endInError(error instanceof ReleaseError ? errorInSamePlace(error, context) : error, context);
  }
}

const STOP_GRACE_MS = 2000;

/** A command without stages that does not notice the stop is left behind: nothing it does needs an ending. */
function untilStopped<T>(work: Promise<T>, { spec }: Parsed, { stop, clock }: CliContext): Promise<T> {
  if (spec.stopsInStages) return work;
  const stopped = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      clock.sleep(STOP_GRACE_MS).then(() => reject(stop.signal.reason));
    };
    stop.signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, stopped]);
}

function endInError(error: unknown, context: CliContext): Ending {
  const { stop, out, terminal } = context;
  if (error instanceof ReleaseError) {
    const exitCode = exitCodeOf(error.code);
    out.note(
      error.code === 'E_ANSWERED_NO'
        ? error.text.what
        : sayError(error, exitCode, makePaint(terminal.color.stderr)),
    );
    return { exitCode, error };
  }
  if (stop.stopping) {
    out.note('Stopped.');
    return { exitCode: stop.exitCode, verdict: 'stopped' };
  }
  const name = context.clock.now().toISOString().replace(/[:.]/g, '-');
  out.note(reportBug(error, out, name));
  return { exitCode: EXIT.broke, error: bugAsError(error) };
}

const bugAsError = (error: unknown): ReleaseError =>
  new ReleaseError('E_BUG', {
    what: error instanceof Error ? error.message : String(error),
    next: 'release status says how far it got; the log has the details.',
    state: 'unclear',
  });

// With --events - stdout belongs to the events, so the words go to stderr.
const sayText = ({ flags, out }: CliContext, text: string, isFile?: boolean): void =>
  flags.events === '-' ? out.note(text) : out.result(text, isFile);
