import type { JsonObject } from '../../domain/json.ts';
import { countOutcomes } from '../../domain/verdict.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';

/** A gate's answer for --json. */
export const asResult = ({ findings, absent, verdict }: ChecksAnswer): JsonObject => ({
  score: countOutcomes(findings),
  checks: findings as unknown as JsonObject[],
  because: verdict.because.map((finding) => finding.check),
  absent: absent.map((one) => ({ ...one })),
  waivers: findings.flatMap(({ waived }) => (waived === undefined ? [] : [{ ...waived }])),
});
