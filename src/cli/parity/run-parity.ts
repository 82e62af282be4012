import { makeLikeness } from '../../../checks/parity/make-likeness.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { type ChecksAnswer, runChecks } from '../../engine/run-checks.ts';
import type { Check, Facts, Policy } from '../../kit.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readRehearsalFacts } from '../facts/read-rehearsal-facts.ts';
import { recordGate } from '../preflight/record-gate.ts';
import { openProgress } from '../progress.ts';
import type { Wired } from '../wired.ts';
import { type ParityRequest, readParityRequest } from './parity-request.ts';
import { planParity } from './plan-parity.ts';
import { tellParity } from './tell-parity.ts';

function makePolicy(
  { go }: ParityRequest,
  { env, environment, runbook, clock }: Wired,
  facts: Facts,
): Policy {
  const { thresholds } = runbook;
  const parity = { ...thresholds.parity, go };
  return { env, environment, runbook, thresholds: { ...thresholds, parity }, now: clock.now(), facts };
}

/** Nothing can be compared: that is no verdict, it is a configuration without one of the two. */
function refuseAbsent(check: Check, policy: Policy): void {
  const why = check.absent?.(policy);
  if (why === undefined) return;
  throw new ReleaseError('E_NOT_CONFIGURED', {
    what: `There is nothing to compare: ${why}.`,
    next: 'Describe both environments in runbook.config.yaml, or name two with --between.',
    state: 'untouched',
  });
}

async function ask(check: Check, policy: Policy, context: CliContext, wired: Wired): Promise<ChecksAnswer> {
  const { services, configured, clock } = wired;
  const progress = await openProgress(context);
  try {
    return await runChecks({
      gate: 'parity',
      checks: [check],
      services,
      configured,
      policy,
      clock,
      emit: progress.emit,
      signal: context.stop.signal,
    });
  } finally {
    await progress.close();
  }
}

/** The weekly question is answered by the configuration's own rules alone; a narrower look is not noted as that. */
const isWhole = ({ ignore }: ParityRequest, options: CommandOptions, { stop }: CliContext): boolean =>
  ignore.length === 0 && options.between === undefined && !stop.stopping;

/** Compares two environments and tells how alike they are. Changes nothing outside. */
export async function runParity(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const request = readParityRequest(options, wired);
  const check = makeLikeness(request) as unknown as Check;
  const policy = makePolicy(request, wired, await readRehearsalFacts(wired));
  refuseAbsent(check, policy);
  if (context.flags.plan) return planParity(request, wired);
  const answer = await ask(check, policy, context, wired);
  const warnings = isWhole(request, options, context)
    ? await recordGate(answer, context, wired, undefined, 'whole', 'parity')
    : [];
  return tellParity(answer, request, warnings, context, wired);
}
