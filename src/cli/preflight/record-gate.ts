import type { Gate } from '../../domain/finding.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import { recordFindings } from '../../ledger/recorded-finding.ts';
import type { CliContext } from '../context.ts';
import { sayWhenSlow } from '../say-when-slow.ts';
import type { Wired } from '../wired.ts';
import { digestEvidence } from './evidence.ts';

/** What was asked: the whole gate, or a part of it, which is no verdict on the release. */
type Asked = 'whole' | 'part';

/**
 * Notes the findings in the ledger, so that a deploy can use them while they are fresh (E-03). Returns a warning instead
 * of throwing: a ledger that cannot be written does not change what the checks have seen.
 */
export async function recordGate(
  { verdict, findings }: ChecksAnswer,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
  asked: Asked = 'whole',
  gate: Gate = 'preflight',
): Promise<string[]> {
  const run = `${gate}-${wired.clock.now().toISOString()}`;
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const data = {
    gate,
    call: verdict.call,
    counts: { ...countOutcomes(findings), waived },
    because: verdict.because.map((finding) => finding.check),
    digest: digestEvidence(wired, release?.commit),
    findings: recordFindings(findings),
    ...(release === undefined ? {} : { version: release.version }),
    ...(release?.commit === undefined ? {} : { commit: release.commit, config: wired.digest }),
    ...(asked === 'part' ? { part: true as const } : {}),
  };
  const id = `${run}-${Math.floor(context.random() * 1e9).toString(36)}`;
  try {
    const noted = wired.ledger.note(wired.scope, { id, run, type: 'gate.decided', data });
    await sayWhenSlow(noted, wired, () =>
      context.out.note('  the ledger does not take the verdict yet; it is tried for up to a minute'),
    );
    return [];
  } catch (error) {
    return [
      `The verdict is not in the ledger: ${error instanceof Error ? error.message : 'it cannot be written'}`,
    ];
  }
}
