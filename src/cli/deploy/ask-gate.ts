import { sayDuration } from '../../domain/duration.ts';
import { plural } from '../../domain/plural.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { askChecks } from '../preflight/ask-checks.ts';
import { findEvidence } from '../preflight/evidence.ts';
import { recordGate } from '../preflight/record-gate.ts';
import { sayAnswer } from '../preflight/say-answer.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { mayStartNow } from './may-start-now.ts';

/** What the preflight gate says about a deploy. `said` is one line for the plan. */
export type GateAnswer =
  | { readonly call: 'go'; readonly said: string }
  | { readonly call: 'no'; readonly refusal: CommandResult };

/**
 * The preflight gate of a deploy. A fresh GO on this very commit and configuration counts; anything else is asked
 * anew, because an older answer is about another world (E-03), or about a window that has closed since (E-05). A waiver
 * is never taken from an earlier run.
 */
export async function askGate(
  facts: DeployFacts,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<GateAnswer> {
  const { version, branchName, branch, from } = facts;
  const release = { version, branch: branchName, commit: branch, from };
  const known = findEvidence(await wired.ledger.read(wired.scope), wired, release);
  if (known?.call === 'go' && splitGlobs(options.waive) === undefined && mayStartNow(wired))
    return { call: 'go', said: `preflight GO ${sayDuration(known.ageMs)} ago` };
  const answer = await askChecks(options, context, wired, release);
  for (const warning of await recordGate(answer, context, wired, release)) context.out.note(`  ▲ ${warning}`);
  if (answer.verdict.call === 'go' && !context.stop.stopping)
    return { call: 'go', said: `preflight GO just now, ${plural(answer.findings.length, 'check')}` };
  const { verdict, needsCredentials } = answer;
  const { exitCode } = context.stop;
  const code = needsCredentials ? EXIT.credentials : EXIT.no;
  const refusal: CommandResult = {
    exitCode: context.stop.stopping ? exitCode : code,
    verdict: verdict.call,
    result: { because: verdict.because.map((finding) => finding.check), checks: [] },
    text: sayAnswer(answer, `release deploy ${version}: the gate`, context, wired),
    next: [`release preflight ${version} --env ${wired.env}`],
    warnings: ['Nothing was changed.'],
    env: wired.env,
    version,
    sandbox: wired.runbook.sandbox,
  };
  return { call: 'no', refusal };
}
