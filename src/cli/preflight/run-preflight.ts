import type { JsonObject } from '../../domain/json.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import { type ChecksAnswer, runChecks } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import { makePaint } from '../../report/color.ts';
import { sayGate } from '../../report/verdict-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { openProgress } from '../progress.ts';
import { sayMissingSecrets } from '../say-missing-secrets.ts';
import { makeWaivers, splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { listChecks, planChecks } from './list-checks.ts';
import { readRelease } from './read-release.ts';
import { recordGate } from './record-gate.ts';

/** Asks every preflight check and tells the verdict. Changes nothing outside. */
export async function runPreflight(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const ofGate = wired.checks.filter((check) => check.gates.includes('preflight'));
  if (options.list === true) return listChecks(ofGate);
  if (context.flags.plan) return planChecks(ofGate, wired);
  const [typed] = args;
  const release = typed === undefined ? undefined : await readRelease(wired, typed);
  for (const line of sayMissingSecrets(wired.missing, wired.checks)) context.out.note(line);
  const answer = await askAll(options, context, wired, release);
  const isWhole = splitGlobs(options.only) === undefined && !context.stop.stopping;
  const warnings = isWhole ? await recordGate(answer, context, wired, release?.version) : [];
  return { ...tell(answer, context, wired, release), warnings };
}

async function askAll(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
): Promise<ChecksAnswer> {
  const { runbook, env, environment, services, configured, checks, clock } = wired;
  const [only, skip, waived] = [options.only, options.skip, options.waive].map(splitGlobs);
  const by = waived === undefined ? '' : await context.readActor();
  const waivers = makeWaivers(
    waived,
    options.reason,
    by,
    checks.map((check) => check.id),
  );
  const policy = { env, environment, runbook, thresholds: runbook.thresholds, now: clock.now(), facts: {} };
  const progress = await openProgress(context);
  try {
    return await runChecks({
      gate: 'preflight',
      checks,
      services,
      configured,
      policy: release === undefined ? policy : { ...policy, release },
      clock,
      emit: progress.emit,
      signal: context.stop.signal,
      waivers,
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
    });
  } finally {
    await progress.close();
  }
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
): CommandResult {
  const { terminal, stop } = context;
  const version = release?.version;
  // What was cut off by Ctrl-C was never established: never a go, and not a no-go of the release either.
  const verdict = stop.stopping ? { ...answer.verdict, call: 'hold' as const } : answer.verdict;
  const story = {
    title: [wired.runbook.sandbox && 'SANDBOX ', 'release preflight', version].filter(Boolean).join(' '),
    env: wired.env,
    isProtected: wired.environment.protected,
    url: wired.environment.url,
    findings: answer.findings,
    verdict,
    absent: answer.absent.map((one) => `${one.check} (${one.why})`),
    tookMs: answer.wallMs,
  };
  const look = { paint: makePaint(terminal.color.stdout), ascii: terminal.ascii, columns: 80 };
  return {
    exitCode: exitOf(answer, context),
    verdict: verdict.call,
    result: asResult(answer),
    text: sayGate(story, look),
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
