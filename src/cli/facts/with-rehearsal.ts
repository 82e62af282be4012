import { readRehearsed, readRehearsedSchema } from '../../domain/rehearsed.ts';
import { foldFindings } from '../../ledger/fold-findings.ts';
import type { DeployFacts } from '../../plans/plan-deploy.ts';
import { subjectOf } from '../preflight/evidence.ts';
import { isFresh } from '../preflight/restore-finding.ts';
import type { Wired } from '../wired.ts';

/**
 * The facts of a deploy with what the rehearsal of exactly this commit and configuration measured, while that is fresh.
 * Without one they stay as they are, and the plan goes by the configuration.
 */
export async function withRehearsal(facts: DeployFacts, wired: Wired): Promise<DeployFacts> {
  const { version, branchName, branch: commit } = facts;
  const subject = subjectOf(wired, { version, branch: branchName, commit });
  if (subject === undefined) return facts;
  const findings = foldFindings(await wired.ledger.read(wired.scope), subject);
  const record = findings.get('migrations.rehearsal');
  if (record === undefined || !isFresh(record, wired.clock.now())) return facts;
  const { waived, outcome, evidence } = record;
  const why =
    waived === undefined
      ? `the rehearsal came to no end (${outcome})`
      : `the rehearsal was waived by ${waived.by}`;
  return { ...facts, rehearsed: readRehearsed(evidence), schema: readRehearsedSchema(evidence, why) };
}
