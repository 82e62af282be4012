import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { doesWrite } from '../../domain/smoke/sample.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { matchesGlob } from '../../engine/choose-checks.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { makePaint } from '../../report/color.ts';
import { saySmoke } from '../../report/smoke-text.ts';
import { findScenario, type SmokeReport } from '../../steps/app/smoke/run-smoke.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { askApplication } from './ask-application.ts';

const badSamples = (typed: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--samples takes a whole number from 1 to 1000, got "${typed.slice(0, 20)}".`,
    next: 'release smoke --samples 20',
    state: 'untouched',
  });

function readSamples(typed: unknown): number | undefined {
  if (typed === undefined) return undefined;
  const samples = Number(typed);
  if (!Number.isInteger(samples) || samples < 1 || samples > 1000) throw badSamples(String(typed));
  return samples;
}

/** Messages and vendors that no smoke call uses may lack their secrets. */
function checkSecrets({ missing, checks }: Wired): void {
  const needed = missing.filter(({ services }) => services.length === 0 || services.includes('stripe'));
  if (needed.length > 0) throw missingSecrets(needed, checks);
}

function exitOf({ call }: SmokeReport, { stop }: CliContext): ExitCode {
  if (stop.stopping) return stop.exitCode;
  return call === 'go' ? EXIT.ok : EXIT.no;
}

const VERDICTS = { go: 'healthy', hold: 'inconclusive', 'no-go': 'failed' } as const;

/** `release smoke`: the scenario against what is live, without a plan and without the lock. */
export async function runSmoke(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { env, environment, runbook, services } = wired;
  const samples = readSamples(options.samples);
  const wanted = typed === undefined ? undefined : parseReleaseVersion(typed);
  findScenario(runbook);
  checkSecrets(wired);
  if (context.flags.plan) return planSmoke(options, wired);
  if (options.readOnly !== true)
    await confirmLight(context, `Write test data to ${env} and delete it afterwards?`);
  const version = wanted ?? `v${(await services.host.liveVersion(env)).version}`;
  const run = makeRunId(wired.clock, context.random);
  const order = { run, version, readOnly: options.readOnly === true, only: options.only };
  const report = await askApplication(samples === undefined ? order : { ...order, samples }, context, wired);
  const { terminal } = context;
  const look = { paint: makePaint(terminal.color.stdout), ascii: terminal.ascii, columns: 80 };
  const title = [runbook.sandbox && 'SANDBOX ', `release smoke ${version}`].filter(Boolean).join(' ');
  const about = { title, env, url: environment.url, isProtected: environment.protected };
  return {
    exitCode: exitOf(report, context),
    verdict: VERDICTS[report.call],
    result: report as unknown as JsonObject,
    text: saySmoke({ ...report, ...about, left: report.cleanup.left }, look),
    next: report.call === 'go' ? [] : [`release status --env ${env}`],
    warnings: [],
    env,
    version,
    run,
    sandbox: runbook.sandbox,
  };
}

/** `--plan`: which requests would be sent and what they would create; nothing is sent. */
function planSmoke(options: CommandOptions, { env, runbook, environment }: Wired): CommandResult {
  const only = splitGlobs(options.only);
  const calls = (runbook.smoke?.calls ?? []).filter(
    (call) =>
      (only === undefined || only.some((glob) => matchesGlob(call.id, glob))) &&
      !(doesWrite(call) && options.readOnly === true),
  );
  const lines = calls.map(
    (call) =>
      `  ${call.method.padEnd(6)} ${call.path}${doesWrite(call) ? '   writes, deleted afterwards' : ''}`,
  );
  const text = [`release smoke would send to ${env} (${environment.url}):`, '', ...lines].join('\n');
  const result = {
    calls: calls.map((call) => ({
      id: call.id,
      method: call.method,
      path: call.path,
      writes: doesWrite(call),
    })),
  };
  return { exitCode: EXIT.ok, result, text, next: [], warnings: [], env, sandbox: runbook.sandbox };
}
