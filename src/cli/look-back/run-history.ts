import type { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import { sayHistory, tabulateHistory } from '../../report/history-text.ts';
import { listStepTimes, saySteps, tabulateSteps } from '../../report/steps-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { findUnsynced } from '../ledger/find-unsynced.ts';
import type { Wire } from '../wired.ts';
import { listEnvs } from './list-envs.ts';
import { lookOrNothing, refuseBlind } from './look-or-nothing.ts';

/** Fits one screen; --all shows the rest. */
const LAST = 15;

/** Past runs of every environment in one list, newest last. */
export async function runHistory(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wire: Wire,
): Promise<CommandResult> {
  const version = args[0] === undefined ? undefined : parseReleaseVersion(args[0]);
  const { envs, runbook } = await listEnvs(context, wire);
  const looks = await Promise.all(envs.map((env) => readRuns(context, wire, env)));
  refuseBlind(looks);
  const wanted = looks
    .flatMap(({ runs }) => runs)
    .filter((run) => version === undefined || run.plan.version === version)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const isBySteps = options.steps === true;
  const shown = options.all === true ? wanted : wanted.slice(-LAST);
  return {
    exitCode: EXIT.ok,
    result: {
      runs: shown.map((run) =>
        isBySteps ? { ...asJson(run), steps: [...listStepTimes(run)] } : asJson(run),
      ),
      total: wanted.length,
    },
    text: isBySteps ? sayBySteps(shown, context, runbook.timezone) : say(shown, context, runbook.timezone),
    next: [],
    warnings: looks.flatMap(({ warning }) => warning),
    sandbox: runbook.sandbox,
    ...(version === undefined ? {} : { version }),
  };
}

interface Look {
  readonly runs: readonly RunState[];
  /** What the ledger could not tell: it could not be asked, or does not know everything. */
  readonly warning: readonly string[];
  readonly failure?: ReleaseError;
}

async function readRuns(context: CliContext, wire: Wire, env: string): Promise<Look> {
  const wired = await wire({ ...context, flags: { ...context.flags, env } });
  try {
    const { events, unreached, failure } = await lookOrNothing(wired);
    const seen = events.at(-1)?.at;
    const asOf =
      unreached === undefined
        ? []
        : [
            `${unreached} Runs of ${env} are as they were last seen here, ${seen === undefined ? 'which is never' : `up to ${seen}`}.`,
          ];
    const unsynced = await findUnsynced(context, wired);
    return {
      runs: foldRuns(events).map(closeDoor),
      warning: [...asOf, ...(unsynced ? [unsynced.said] : [])],
      ...(failure ? { failure } : {}),
    };
  } finally {
    await wired.close();
  }
}

/** A run that was cut off is open only until the next one: nobody can go on with it after that. */
function closeDoor(run: RunState, index: number, runs: readonly RunState[]): RunState {
  const next = runs[index + 1];
  if (run.end !== 'open' || next === undefined) return run;
  return {
    ...run,
    end: 'abandoned',
    said: `cut off; ${next.plan.command} ${next.plan.version} came after it`,
  };
}

function say(runs: readonly RunState[], { terminal }: CliContext, zone: string): string {
  if (!terminal.stdoutIsTty) return tabulateHistory(runs);
  return runs.length === 0
    ? 'No release has been run here. Try  release demo'
    : sayHistory(runs, zone, terminal);
}

/** Each run with its steps below it; in a pipe the steps alone. */
function sayBySteps(runs: readonly RunState[], { terminal }: CliContext, zone: string): string {
  if (!terminal.stdoutIsTty) return runs.flatMap(tabulateSteps).join('\n');
  if (runs.length === 0) return 'No release has been run here. Try  release demo';
  return runs
    .flatMap((run) => [sayHistory([run], zone, terminal), ...saySteps(run, zone, terminal.columns), ''])
    .join('\n')
    .trimEnd();
}

const asJson = (run: RunState): JsonObject => ({
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
