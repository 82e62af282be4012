import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RunLine } from '../../ledger/fold-lines.ts';
import { byBeginning, type WantedLines } from '../../ledger/show-lines.ts';
import { tabulateHistory } from '../../report/history-cells.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findUnsynced } from '../ledger/find-unsynced.ts';
import type { OpenView, Viewed } from '../wiring/open-view.ts';
import { listEnvs } from './list-envs.ts';
import { refuseBlind } from './look-or-nothing.ts';
import { readLines, type Seen } from './read-lines.ts';

/** Fits one screen; --all shows the rest. */
const LAST = 15;

/** Past runs of every environment in one list, newest last. */
export async function runHistory(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  open: OpenView,
): Promise<CommandResult> {
  const version = args[0] === undefined ? undefined : await readVersion(args[0]);
  const { envs, runbook } = await listEnvs(context, open);
  const most = options.all === true ? Number.POSITIVE_INFINITY : LAST;
  const look = { envs, wanted: { version, most }, zone: runbook.timezone };
  const { rows, text, total, warnings } = await (options.steps === true ? lookBySteps : lookByLines)(
    look,
    context,
    open,
  );
  return {
    exitCode: EXIT.ok,
    result: { runs: rows, total },
    text,
    next: [],
    warnings,
    sandbox: runbook.sandbox,
    ...(version === undefined ? {} : { version }),
  };
}

/** The rules of versions are loaded for those who name one. */
async function readVersion(text: string): Promise<string> {
  const { parseReleaseVersion } = await import('../../domain/version.ts');
  return parseReleaseVersion(text);
}

interface Look {
  readonly envs: readonly string[];
  readonly wanted: WantedLines;
  readonly zone: string;
}

interface Told {
  readonly rows: readonly JsonObject[];
  readonly text: string;
  readonly total: number;
  readonly warnings: readonly string[];
}

async function lookByLines(look: Look, context: CliContext, open: OpenView): Promise<Told> {
  const { runs, ...rest } = await lookAtAll(look, context, open, readLines);
  return { ...rest, rows: runs.map(asJson), text: await say(runs, context, look.zone) };
}

async function lookBySteps(look: Look, context: CliContext, open: OpenView): Promise<Told> {
  const [{ readRuns, sayBySteps }, { listStepTimes }] = await Promise.all([
    import('./tell-steps.ts'),
    import('../../report/steps-text.ts'),
  ]);
  const { runs, ...rest } = await lookAtAll(look, context, open, readRuns);
  return {
    ...rest,
    rows: runs.map((run) => ({ ...asJson(run), steps: [...listStepTimes(run)] })),
    text: isBare(runs, context) ? BARE : sayBySteps(runs, context, look.zone),
  };
}

type Read<T extends RunLine> = (viewed: Viewed, wanted: WantedLines) => Promise<Seen<T>>;

async function lookAtAll<T extends RunLine>(
  { envs, wanted }: Look,
  context: CliContext,
  open: OpenView,
  read: Read<T>,
): Promise<{ readonly runs: readonly T[]; readonly total: number; readonly warnings: readonly string[] }> {
  const looks = await Promise.all(
    envs.map(async (env) => {
      const viewed = await open({ ...context, flags: { ...context.flags, env } });
      return lookAtOne(viewed, context, () => read(viewed, wanted)).finally(viewed.close);
    }),
  );
  refuseBlind(looks);
  return {
    runs: byBeginning(looks.flatMap(({ runs }) => runs)).slice(-wanted.most),
    total: looks.reduce((sum, { total }) => sum + total, 0),
    warnings: looks.flatMap(({ warnings }) => warnings),
  };
}

/** A ledger that cannot be asked must not hide those of the other environments, of which more is known here. */
async function orNothing<T extends RunLine>(
  read: () => Promise<Seen<T>>,
): Promise<Seen<T> & { readonly failure?: ReleaseError }> {
  try {
    return await read();
  } catch (error) {
    if (!isReleaseError(error, 'E_LEDGER_UNREACHABLE')) throw error;
    return { total: 0, runs: [], unreached: error.text.what, failure: error };
  }
}

/** `warnings`: what the ledger could not tell: it could not be asked, or does not know everything. */
async function lookAtOne<T extends RunLine>(
  viewed: Viewed,
  context: CliContext,
  read: () => Promise<Seen<T>>,
) {
  const seen = await orNothing(read);
  const { unreached, seenAt } = seen;
  const asOf =
    unreached === undefined
      ? []
      : [
          `${unreached} Runs of ${viewed.env} are as they were last seen here, ${seenAt === undefined ? 'which is never' : `up to ${seenAt}`}.`,
        ];
  const unsynced = await findUnsynced(context, viewed);
  return { ...seen, warnings: [...asOf, ...(unsynced ? [unsynced.said] : [])] };
}

const BARE = 'No release has been run here. Try  release demo';

const isBare = (runs: readonly unknown[], { terminal }: CliContext): boolean =>
  runs.length === 0 && terminal.stdoutIsTty;

/** What writes for eyes is loaded where there are any. */
async function say(runs: readonly RunLine[], context: CliContext, zone: string): Promise<string> {
  if (!context.terminal.stdoutIsTty) return tabulateHistory(runs);
  if (isBare(runs, context)) return BARE;
  const { sayHistory } = await import('../../report/history-text.ts');
  return sayHistory(runs, zone, context.terminal);
}

const asJson = (run: RunLine): JsonObject => ({
  run: run.run,
  command: run.plan.command,
  version: run.plan.version,
  from: run.plan.from,
  env: run.plan.env,
  result: run.end,
  startedAt: run.startedAt,
  endedAt: run.endedAt ?? null,
  by: run.actor,
  host: run.host,
  said: run.said,
});
