import { checks } from '../../../checks/index.ts';
import type { Environment, Runbook } from '../../config/schema/index.ts';
import { plural } from '../../domain/plural.ts';
import { type ChecksAnswer, runChecks } from '../../engine/run-checks.ts';
import type { GivenFile, Policy, Services } from '../../kit.ts';
import { sayGate } from '../../report/verdict-text.ts';
import { makeSql } from '../../services/sql/real.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import { openProgress } from '../progress.ts';
import { splitGlobs } from '../waivers.ts';
import { asResult } from './as-result.ts';
import { exitOf } from './exit-of.ts';
import { findFiles } from './files/find-files.ts';
import { readGiven } from './files/read-given.ts';
import { readSettings } from './files/read-settings.ts';
import { refuseOthers } from './files/refuse-others.ts';

/** Files have no address; what stands in the place of one says how many there are. */
const placeOf = (files: readonly GivenFile[]): Environment =>
  ({ url: plural(files.length, 'file'), protected: false }) as Environment;

const policyOf = (runbook: Runbook, files: readonly GivenFile[], now: Date): Policy => ({
  env: 'files',
  environment: placeOf(files),
  runbook,
  thresholds: runbook.thresholds,
  now,
  facts: {},
  files,
});

async function askFiles(options: CommandOptions, context: CliContext, policy: Policy): Promise<ChecksAnswer> {
  const able = checks.filter((check) => check.takesFiles === true);
  const [only, skip] = [options.only, options.skip].map(splitGlobs);
  const progress = await openProgress(context);
  try {
    return await runChecks({
      gate: 'preflight',
      checks: able,
      // Nothing else is there, so nothing else can be asked.
      services: { sql: makeSql() } as unknown as Services,
      configured: new Set(['sql']),
      policy,
      clock: context.clock,
      emit: progress.emit,
      signal: context.stop.signal,
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
    });
  } finally {
    await progress.close();
  }
}

function tell(answer: ChecksAnswer, context: CliContext, { environment }: Policy): CommandResult {
  // What was cut off by Ctrl-C was never established.
  const verdict = context.stop.stopping ? { ...answer.verdict, call: 'hold' as const } : answer.verdict;
  const head = { title: 'release preflight --files', env: 'files', isProtected: false, url: environment.url };
  const story = {
    ...head,
    findings: answer.findings,
    verdict,
    absent: [],
    tookMs: answer.wallMs,
    now: context.clock.now(),
  };
  return {
    exitCode: exitOf(answer, context, false),
    verdict: verdict.call,
    // Good files are no good release.
    result: { ...asResult(answer), part: true },
    text: sayGate(story, lookOf(context)),
    findings: answer.findings,
    next: [],
    warnings: [],
  };
}

/** `--files`: judges files of SQL by the checks that can, with no database, no remote and no account. */
export async function runFiles(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
): Promise<CommandResult> {
  refuseOthers(args, options);
  const runbook = readSettings(context);
  const suffix = runbook.migrations?.rollbackSuffix ?? '_rollback.sql';
  const words = [options.files].flat().map(String);
  const files = findFiles(context.cwd, words).map((path) => readGiven(context.cwd, path, suffix));
  const policy = policyOf(runbook, files, context.clock.now());
  return tell(await askFiles(options, context, policy), context, policy);
}
