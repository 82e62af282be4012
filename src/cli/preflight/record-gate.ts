import { countOutcomes } from '../../domain/verdict.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { digestEvidence } from './evidence.ts';

/**
 * Notes the verdict in the ledger, so that a deploy can say how old it is (E-03). Returns a warning instead of
 * throwing: a ledger that cannot be written does not change what the checks have seen.
 */
export async function recordGate(
  { verdict, findings }: ChecksAnswer,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
): Promise<string[]> {
  const run = `preflight-${wired.clock.now().toISOString()}`;
  const because = verdict.because.map((finding) => finding.check);
  const about = release === undefined ? {} : { version: release.version };
  const digest = digestEvidence(wired, release?.commit);
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const counts = { ...countOutcomes(findings), waived };
  const data = { gate: 'preflight', call: verdict.call, counts, because, digest, ...about };
  const id = `${run}-${Math.floor(context.random() * 1e9).toString(36)}`;
  try {
    await wired.ledger.note(wired.scope, { id, run, type: 'gate.decided', data });
    return [];
  } catch (error) {
    return [
      `The verdict is not in the ledger: ${error instanceof Error ? error.message : 'it cannot be written'}`,
    ];
  }
}
