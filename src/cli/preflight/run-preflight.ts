import { carriesCandidates } from '../../config/carries-candidates.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { sayMissingSecrets } from '../say-missing-secrets.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { asResult } from './as-result.ts';
import { askChecks } from './ask-checks.ts';
import { exitOf, findUnasked } from './exit-of.ts';
import { findSlot } from './find-slot.ts';
import { listChecks, planChecks } from './list-checks.ts';
import { listNext } from './list-next.ts';
import { prepareGate } from './prepare-gate.ts';
import { readCriteria } from './read-criteria.ts';
import { readMaxAge } from './read-max-age.ts';
import { readRelease } from './read-release.ts';
import { recallYoung } from './recall.ts';
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
  if (options.list === true) return listChecks(ofGate, wired);
  if (context.flags.plan) return planChecks('preflight', ofGate, wired);
  const [typed] = args;
  const allowSkips = options.allowSkips === true;
  const maxAgeMs = readMaxAge(options, typed);
  const release = typed === undefined ? undefined : await readRelease(wired, typed);
  for (const line of sayMissingSecrets(wired.missing, wired.checks)) context.out.note(line);
  const reading = maxAgeMs === undefined && release === undefined ? NOTHING : readEvents(wired);
  const events = reading.then(([found]) => found);
  const gate = await prepareGate(options, context, wired, release, events);
  const [, unread] = await reading;
  const recall = maxAgeMs === undefined ? undefined : recallYoung(gate.known, gate.choice.policy, maxAgeMs);
  const answer = await askChecks(gate, context, wired, recall);
  const asked = splitGlobs(options.only) === undefined ? 'whole' : 'part';
  const unwritten = context.stop.stopping ? [] : await recordGate(answer, context, wired, release, asked);
  const warnings = [...unread, ...unwritten, ...sayUnasked(answer, allowSkips)];
  return {
    ...(await tell(answer, context, wired, release, asked === 'part')),
    exitCode: exitOf(answer, context, allowSkips),
    warnings,
  };
}

/** Nobody may take a build that was let through for a release that was checked. */
function sayUnasked(answer: ChecksAnswer, allowSkips: boolean): string[] {
  const unasked = findUnasked(answer);
  if (!allowSkips || unasked.length === 0) return [];
  return [
    `${plural(unasked.length, 'check')} not asked for want of secrets, the answer is no GO: ${unasked.join(', ')}`,
  ];
}

type Read = readonly [events: readonly LedgerEvent[], warnings: readonly string[]];
const NOTHING: Promise<Read> = Promise.resolve([[], []]);

/** What stands in the ledger. Without it everything is asked and no earlier waiver counts: the safe side. */
async function readEvents({ ledger, scope }: Wired): Promise<Read> {
  try {
    return [await ledger.read(scope), []];
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return [[], [`The ledger cannot be read, nothing is taken from it: ${error.text.what}`]];
  }
}

const countGate = ({ checks }: Wired): number =>
  checks.filter((check) => check.gates.includes('preflight')).length;

async function tell(
  answer: ChecksAnswer,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
  isPart: boolean,
): Promise<Omit<CommandResult, 'exitCode' | 'warnings'>> {
  const version = release?.version;
  // What was cut off by Ctrl-C was never established: never a go, and not a no-go of the release either.
  const verdict = context.stop.stopping ? { ...answer.verdict, call: 'hold' as const } : answer.verdict;
  // The criteria are about a release to users (GO, NG); a candidate's trial is what they rest on.
  const isTrial = carriesCandidates(wired.runbook, wired.env);
  const criteria = readCriteria(answer, wired);
  const title = ['release preflight', version].filter(Boolean).join(' ');
  const isWhole = !isPart && !context.stop.stopping;
  const more = isPart ? { ofChecks: countGate(wired) } : isWhole && !isTrial ? { criteria } : {};
  return {
    verdict: verdict.call,
    result: {
      ...asResult(answer),
      part: isPart,
      criteria: isTrial ? [] : criteria.answers.map((one) => ({ ...one, from: [...one.from] })),
      nextSlot: findSlot(verdict, wired)?.json ?? null,
    },
    findings: answer.findings,
    text: sayAnswer({ ...answer, verdict }, title, context, wired, more),
    next: (await listNext({ ...answer, verdict }, version, isPart, wired)).map((line) =>
      isTrial ? `${line} --env ${wired.env}` : line,
    ),
    env: wired.env,
    sandbox: wired.runbook.sandbox,
    ...(version === undefined ? {} : { version }),
  };
}
