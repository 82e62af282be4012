import { minutes, sayDuration } from '../../domain/duration.ts';
import type { Finding } from '../../domain/finding.ts';
import { plural } from '../../domain/plural.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { askChecks } from '../preflight/ask-checks.ts';
import { findGo } from '../preflight/evidence.ts';
import { exitOfGate } from '../preflight/exit-of.ts';
import { type PreparedGate, prepareGate } from '../preflight/prepare-gate.ts';
import { recallOnRecord, renewCommand } from '../preflight/recall.ts';
import { recordGate } from '../preflight/record-gate.ts';
import { sayAnswer } from '../preflight/say-answer.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { mayStartNow } from './may-start-now.ts';

const WINDOW_CHECK = 'people.window-open';
/** However old an answer is by now: whoever is shown a plan may read it. */
const TIME_TO_READ_MS = minutes(5);

/** What the preflight gate says about a deploy. `said` is one line for the plan. */
export type GateAnswer =
  | {
      readonly call: 'go';
      readonly said: string;
      /** Up to this moment (epoch ms) all that the GO rests on counts. */
      readonly goodUntil: number;
      /** True when it rests on an open window, and on nobody's waiver. */
      readonly needsWindow: boolean;
      /** What it rests on. */
      readonly findings: readonly Finding[];
    }
  | { readonly call: 'no'; readonly refusal: CommandResult };

/**
 * The preflight gate of a deploy. Fresh answers on this very commit and configuration that amount to a GO count; else the
 * gate is asked anew, because an older answer is about another world (E-03), or about a window that has
 * closed since (E-05). What a deploy cannot ask in passing must stand fresh in the record: the refusal names
 * the command that renews it.
 */
export async function askGate(
  facts: Pick<DeployFacts, 'version' | 'branchName' | 'branch' | 'from'>,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<GateAnswer> {
  const { version, branchName, branch, from } = facts;
  const release = { version, branch: branchName, commit: branch, from };
  const gate = await prepareGate(options, context, wired, release, wired.ledger.read(wired.scope));
  const { policy } = gate.choice;
  const known = findGo(gate.known, gate.choice, policy.now);
  if (known && splitGlobs(options.waive) === undefined && mayStartNow(wired))
    return go(known.findings, `preflight GO ${sayDuration(known.ageMs)} ago`, wired);
  const answer = await askChecks(gate, context, wired, recallOnRecord(gate.known, policy));
  if (!context.stop.stopping)
    for (const warning of await recordGate(answer, context, wired, release))
      context.out.note(`  ▲ ${warning}`);
  if (answer.verdict.call === 'go' && !context.stop.stopping)
    return go(answer.findings, `preflight GO just now, ${sayChecks(answer.findings)}`, wired);
  return { call: 'no', refusal: refuse(answer, gate, context, wired) };
}

const go = (findings: readonly Finding[], said: string, { clock }: Pick<Wired, 'clock'>): GateAnswer => ({
  call: 'go',
  said,
  findings,
  goodUntil: Math.max(
    clock.now().getTime() + TIME_TO_READ_MS,
    Math.min(...findings.map(({ at, freshForMs }) => Date.parse(at) + freshForMs)),
  ),
  needsWindow: findings.some((one) => one.check === WINDOW_CHECK && one.waived === undefined),
});

/** A person who agrees to the plan agrees to what was waived, too. */
function sayChecks(findings: readonly Finding[]): string {
  const waived = findings.filter((finding) => finding.waived !== undefined).map((finding) => finding.check);
  const said = waived.length > 0 ? `; waived: ${waived.join(', ')}` : '';
  return `${plural(findings.length, 'check')}${said}`;
}

/** Checks that block for want of a fresh record: asking the whole gate again here would not renew them. */
function nextOf({ verdict }: ChecksAnswer, { choice }: PreparedGate): string {
  const { policy, checks } = choice;
  const onRecord = new Set(checks.filter((check) => check.onRecord === true).map((check) => check.id));
  const stale = verdict.because.map((finding) => finding.check).filter((check) => onRecord.has(check));
  if (stale.length > 0) return renewCommand(stale, policy);
  return `release preflight ${policy.release?.version ?? ''} --env ${policy.env}`;
}

function refuse(answer: ChecksAnswer, gate: PreparedGate, context: CliContext, wired: Wired): CommandResult {
  const { verdict } = answer;
  const version = gate.release?.version ?? '';
  return {
    exitCode: exitOfGate(false, answer, context),
    verdict: verdict.call,
    result: { because: verdict.because.map((finding) => finding.check), checks: [] },
    findings: answer.findings,
    text: sayAnswer(answer, `release deploy ${version}: the gate`, context, wired),
    next: [nextOf(answer, gate)],
    warnings: ['Nothing was changed.'],
    env: wired.env,
    version,
    sandbox: wired.runbook.sandbox,
  };
}
