import { carriesCandidates } from '../../config/carries-candidates.ts';
import { isWaitedFor } from '../../config/make-decision-rule.ts';
import { isReleaseError } from '../../domain/failure.ts';
import { listOpen } from '../../domain/verdict.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import { signLine } from '../approvals/sign-line.ts';
import { readWaiting } from '../look-back/read-waiting.ts';
import type { Wired } from '../wired.ts';

/** The line that signs what a deploy waits for first; undefined: all is signed. What cannot be read is shown by release approve as well. */
async function findUnsigned(version: string, wired: Wired): Promise<string | undefined> {
  // Nobody signs for what is only tried.
  if (!isWaitedFor(wired.runbook, 1) || carriesCandidates(wired.runbook, wired.env)) return undefined;
  try {
    const waiting = await readWaiting(await wired.ledger.read(wired.scope), wired);
    const first = waiting.find((one) => one.version === version);
    return first && signLine(first.point, version, wired.env);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return `release approve ${version} --env ${wired.env}`;
  }
}

/** What to type after a preflight: what is open; the sign-offs while a deploy would be refused for want of them; then the deploy. */
export async function listNext(
  { verdict, findings }: Pick<ChecksAnswer, 'verdict' | 'findings'>,
  version: string | undefined,
  isPart: boolean,
  wired: Wired,
): Promise<string[]> {
  const named = version === undefined ? '' : ` ${version}`;
  if (verdict.call !== 'go') {
    const ids = listOpen(verdict, findings).map((finding) => finding.check);
    return [`release preflight${named}${ids.length === 0 ? '' : ` --only ${ids.join(',')}`}`];
  }
  // Good answers to a part are on record: what is left is asked, and then there is a verdict.
  if (isPart) return [`release preflight${named}${named && ' --max-age 45m'}`];
  if (version === undefined) return [];
  return [(await findUnsigned(version, wired)) ?? `release deploy ${version} --plan`];
}
