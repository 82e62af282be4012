import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import type { Wired } from '../wired.ts';
import { openSpool } from '../wiring/open-spool.ts';
import { confirmRollback } from './confirm-rollback.ts';
import { sayWayPast } from './say-way-past.ts';
import { startRollback } from './start-rollback.ts';

const reasonMissing = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--break-glass needs a reason.',
    why: 'It goes past the lock and the record that everybody sees; whoever comes next must know why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

const noLock = (flag: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: `--break-glass and ${flag} do not go together.`,
    why: 'Without the ledger there is no lock that could be waited for or taken.',
    next: `Leave ${flag} out.`,
    state: 'untouched',
  });

const isWhole = (env: string): ReleaseError =>
  new ReleaseError('E_GLASS_WHOLE', {
    what: `The ledger of ${env} answers and can be written; there is no glass to break.`,
    why: 'Past a ledger that is there a rollback would lose the lock, and nobody would see it.',
    next: `Leave --break-glass out: release rollback --to <version> --env ${env}. It takes the lock from a deploy at once.`,
    state: 'untouched',
  });

function readReason({ reason, takeover, wait }: CommandOptions): string {
  const why = typeof reason === 'string' ? reason.trim() : '';
  if (why === '') throw reasonMissing();
  if (takeover === true) throw noLock('--takeover');
  if (wait !== undefined) throw noLock('--wait');
  return why;
}

type Broken = Pick<Wired, 'ledger' | 'scope' | 'env' | 'clock'>;

/**
 * Why the ledger cannot be used. It counts as usable only when it takes a note: one that can be read and not written
 * would stop the rollback at its first step. The note says that somebody asked. Throws E_GLASS_WHOLE.
 */
async function findBreak(
  { ledger, scope, env, clock }: Broken,
  reason: string,
  { flags, random }: CliContext,
): Promise<string> {
  const run = makeRunId(clock, random);
  const data = { name: 'break-glass-refused', value: { reason } };
  try {
    await ledger.read(scope);
    if (!flags.plan) await ledger.note(scope, { id: `${run}:break-glass`, run, type: 'fact', data });
  } catch (error) {
    // A newer program made the tables: they are there, and an update is the way on.
    if (!isReleaseError(error) || error.code === 'E_LEDGER_NEWER') throw error;
    return error.text.what;
  }
  throw isWhole(env);
}

const sayLoudly = (because: string, folder: string, env: string): readonly string[] => [
  '',
  '  ▲ BREAK-GLASS: this rollback goes past the ledger.',
  `    ${because}`,
  '    Nobody else can see this run, and the lock is NOT held: a deploy from another machine will not stop for it.',
  '    Tell everybody who could deploy. What another run has just begun may still land.',
  `    It is recorded on this machine alone, in ${folder}. When the ledger is back: release ledger sync --env ${env}`,
  '',
];

/** The command lines that go on from here know of the glass as well. */
function withGlass(result: CommandResult, env: string): CommandResult {
  const next = result.next.map((line) =>
    line.replace(/^release rollback (--resume|--to \S+)/, 'release rollback --break-glass $1 --reason "…"'),
  );
  const sync = `release ledger sync --env ${env}`;
  const warning = `Recorded on this machine alone. As soon as the ledger is back: ${sync}`;
  return { ...result, next: [...next, sync], warnings: [...result.warnings, warning] };
}

/**
 * `rollback --break-glass`: the whole rollback while the ledger cannot be reached (F76), from what the tags say, recorded
 * in a spool of this machine. Throws E_GLASS_WHOLE when the ledger is there, E_REASON_MISSING, E_FLAG_REFUSED.
 */
export async function breakGlass(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const reason = readReason(options);
  const because = await findBreak(wired, reason, context);
  const { folder, spool } = await openSpool(context, wired);
  const { scope, env, clock } = wired;
  for (const line of sayLoudly(because, folder, env)) context.out.note(line);
  if (!context.flags.plan) {
    const run = makeRunId(clock, context.random);
    const data = { name: 'break-glass', value: { reason, because } };
    await spool.note(scope, { id: `${run}:break-glass`, run, type: 'fact', data });
  }
  const blind: Wired = { ...wired, ledger: spool, isBlind: true };
  const told = { ...options, reason: `${reason} (break-glass: without the ledger and its lock)` };
  const work =
    options.resume === true
      ? resumeCommand('rollback', options, context, blind)
      : startRollback(told, context, blind);
  const ended = await work.catch((error: unknown) => {
    throw sayWayPast(error, options, env);
  });
  return withGlass(await confirmRollback(ended, options, context, blind), env);
}
