import type { JsonObject } from '../../domain/json.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { sayMissingSecrets } from '../say-missing-secrets.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { askChecks } from './ask-checks.ts';
import { findSlot } from './find-slot.ts';
import { listChecks, planChecks } from './list-checks.ts';
import { readCriteria } from './read-criteria.ts';
import { readRelease } from './read-release.ts';
import { recordGate } from './record-gate.ts';
import { sayAnswer } from './say-answer.ts';

/** Asks every preflight check and tells the verdict. Changes nothing outside. */
export async function runPreflight(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const ofGate = wired.checks.filter((check) => check.gates.includes('preflight'));
  if (options.list === true) return listChecks(ofGate);
  if (context.flags.plan) return planChecks('preflight', ofGate, wired);
  const [typed] = args;
  const release = typed === undefined ? undefined : await readRelease(wired, typed);
  for (const line of sayMissingSecrets(wired.missing, wired.checks)) context.out.note(line);
  const answer = await askChecks(options, context, wired, release);
  const isWhole = splitGlobs(options.only) === undefined && !context.stop.stopping;
  const warnings = isWhole ? await recordGate(answer, context, wired, release) : [];
  return { ...tell(answer, context, wired, release, isWhole), warnings };
}

/** A missing key is a fact about the set-up, not a verdict on the release: it has the exit code of its own. */
function exitOf({ verdict, needsCredentials }: ChecksAnswer, { stop }: CliContext): ExitCode {
  if (stop.stopping) return stop.exitCode;
  if (needsCredentials) return EXIT.credentials;
  return verdict.call === 'go' ? EXIT.ok : EXIT.no;
}

const asResult = ({ findings, absent, verdict }: ChecksAnswer): JsonObject => ({
  score: countOutcomes(findings),
  checks: findings as unknown as JsonObject[],
  because: verdict.because.map((finding) => finding.check),
  absent: absent.map((one) => ({ ...one })),
  waivers: findings.flatMap(({ waived }) => (waived === undefined ? [] : [{ ...waived }])),
});

function tell(
  answer: ChecksAnswer,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
  isWhole: boolean,
): CommandResult {
  const version = release?.version;
  // What was cut off by Ctrl-C was never established: never a go, and not a no-go of the release either.
  const verdict = context.stop.stopping ? { ...answer.verdict, call: 'hold' as const } : answer.verdict;
  const criteria = readCriteria(answer, wired);
  const title = ['release preflight', version].filter(Boolean).join(' ');
  return {
    exitCode: exitOf(answer, context),
    verdict: verdict.call,
    result: {
      ...asResult(answer),
      criteria: criteria.answers.map((one) => ({ ...one, from: [...one.from] })),
      nextSlot: findSlot(verdict, wired)?.json ?? null,
    },
    text: sayAnswer({ ...answer, verdict }, title, context, wired, isWhole ? criteria : undefined),
    next: nextOf(verdict, version),
    warnings: [],
    env: wired.env,
    sandbox: wired.runbook.sandbox,
    ...(version === undefined ? {} : { version }),
  };
}

function nextOf({ call, because }: ChecksAnswer['verdict'], version: string | undefined): string[] {
  const named = version === undefined ? '' : ` ${version}`;
  if (call === 'go') return version === undefined ? [] : [`release deploy ${version} --plan`];
  const ids = because.map((finding) => finding.check).join(',');
  return [`release preflight${named}${ids === '' ? '' : ` --only ${ids}`}`];
}
