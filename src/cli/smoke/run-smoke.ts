import { ReleaseError } from '../../domain/failure.ts';
import { bareVersion, parseReleaseVersion } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { saySmoke } from '../../report/smoke-text.ts';
import { findScenario } from '../../steps/app/smoke/make-pass.ts';
import type { SmokeReport } from '../../steps/app/smoke/run-smoke.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { askApplication, type SmokeWish } from './ask-application.ts';
import { callWith, checkData, type DataSeen, tellData } from './check-data.ts';
import { cleanUpRun } from './clean-up-run.ts';
import { confirmWriting, isKept } from './confirm-writing.ts';
import { exportK6 } from './export-k6.ts';
import { planSmoke } from './plan-smoke.ts';
import { makeSamplesCsv } from './samples-csv.ts';
import { tellReport } from './tell-endpoints.ts';

const MOST_SAMPLES = 1000;

const badSamples = (typed: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--samples takes a whole number from 0 to 1000, got "${typed.slice(0, 20)}".`,
    next: 'release smoke --samples 20',
    state: 'untouched',
  });

function readSamples(typed: unknown): number | undefined {
  if (typed === undefined) return undefined;
  const samples = Number(typed);
  if (!Number.isInteger(samples) || samples < 0 || samples > MOST_SAMPLES) throw badSamples(String(typed));
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

/** What is typed after a smoke test that says no, that has seen too little to say anything, or that left something. */
function findNext({ call, endpoints, cleanup }: SmokeReport, env: string, run: string): readonly string[] {
  const tidy = cleanup.kept?.length ? [`release smoke --env ${env} --cleanup ${run}`] : [];
  if (call === 'go') return tidy;
  const open = endpoints.filter(({ state }) => state === 'unknown').map(({ needed }) => needed);
  const needed = Math.max(0, ...open);
  const more =
    call === 'hold' && needed > 0 && needed <= MOST_SAMPLES
      ? `release smoke --env ${env} --samples ${needed}`
      : `release status --env ${env}`;
  return [more, ...tidy];
}

function sayReport(
  report: SmokeReport,
  data: DataSeen,
  { terminal }: CliContext,
  { env, environment, runbook }: Wired,
): string {
  const look = lookOf({ terminal });
  const title = [runbook.sandbox && 'SANDBOX ', `release smoke v${bareVersion(report.version)}`]
    .filter(Boolean)
    .join(' ');
  const about = { title, env, url: environment.url, isProtected: environment.protected };
  const { left, kept = [] } = report.cleanup;
  return saySmoke({ ...report, ...about, left, kept, data }, look);
}

async function measure(
  wish: Omit<SmokeWish, 'onTimed'>,
  samplesOut: unknown,
  context: CliContext,
  wired: Wired,
): Promise<SmokeReport> {
  if (samplesOut === undefined) return askApplication(wish, context, wired);
  let csv = makeSamplesCsv([], []);
  const onTimed: SmokeWish['onTimed'] = (lanes, writes) => {
    csv = makeSamplesCsv(lanes, writes);
  };
  const report = await askApplication({ ...wish, onTimed }, context, wired);
  context.out.file(String(samplesOut), csv);
  return report;
}

/** The script alone, for a pipe or a file; nothing is asked of anybody. */
function exportScenario(typed: string | undefined, { env, runbook }: Wired): CommandResult {
  const text = exportK6(runbook, env, typed === undefined ? '' : bareVersion(typed));
  return {
    exitCode: EXIT.ok,
    result: { k6: text },
    text,
    next: [],
    warnings: [],
    env,
    sandbox: runbook.sandbox,
  };
}

/** `release smoke`: the scenario against what is live, without a plan and without the lock. */
export async function runSmoke(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { env, runbook, services } = wired;
  const samples = readSamples(options.samples);
  const wanted = typed === undefined ? undefined : parseReleaseVersion(typed);
  findScenario(runbook);
  if (options.export !== undefined) return exportScenario(wanted, wired);
  checkSecrets(wired);
  if (typeof options.cleanup === 'string') return cleanUpRun(options.cleanup, context, wired);
  if (context.flags.plan) return planSmoke(options, wired);
  await confirmWriting(options, context, wired);
  const version = wanted ?? `v${(await services.host.liveVersion(env)).version}`;
  const run = makeRunId(wired.clock, context.random);
  const readOnly = options.readOnly === true;
  const order = { run, version, readOnly, keeps: isKept(options), only: options.only };
  const wish = samples === undefined ? order : { ...order, samples };
  const asked = await measure(wish, options.samplesOut, context, wired);
  const data = await checkData(version, options, context, wired);
  const report = { ...asked, call: callWith(asked.call, data) };
  return {
    exitCode: exitOf(report, context),
    verdict: VERDICTS[report.call],
    result: { ...tellReport(report), ...tellData(data) },
    text: sayReport(report, data, context, wired),
    next: findNext(report, env, run),
    warnings: [],
    env,
    version,
    run,
    sandbox: runbook.sandbox,
  };
}
