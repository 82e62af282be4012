import { minutes } from '../../domain/duration.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import { askChecks } from '../preflight/ask-checks.ts';
import { prepareGate } from '../preflight/prepare-gate.ts';
import { recallYoung } from '../preflight/recall.ts';
import { recordGate } from '../preflight/record-gate.ts';
import type { Wired } from '../wired.ts';
import { proofOfFinding } from './proof-of-finding.ts';

/** What checks say, by id; those that this runbook cannot ask are not in it. */
export interface CheckProofs {
  readonly byCheck: ReadonlyMap<string, Proof>;
  readonly findings: readonly Finding[];
  readonly warnings: readonly string[];
}

/**
 * The answers of preflight's checks about a release: recorded ones while they are fresh, all others asked now and
 * recorded, as `release preflight --max-age` does.
 */
export async function askEvidence(
  ids: readonly string[],
  release: ReleaseScope,
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<CheckProofs> {
  const gate = await prepareGate({ only: [...new Set(ids)] }, context, wired, release, events);
  const { policy } = gate.choice;
  const recall = recallYoung(gate.known, policy, minutes(wired.runbook.thresholds.evidenceMinutes));
  const answer = await askChecks(gate, context, wired, recall);
  const warnings = context.stop.stopping ? [] : await recordGate(answer, context, wired, release, 'part');
  const byCheck = new Map(answer.findings.map((finding) => [finding.check, proofOfFinding(finding)]));
  return { byCheck, findings: answer.findings, warnings };
}
