import type { CredentialTrouble } from '../../domain/credential.ts';
import type { Finding } from '../../domain/finding.ts';
import { listOpen, type Verdict } from '../../domain/verdict.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';

interface Answer {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Checks that could not be asked because nobody has set their secrets, as in a pull request from a fork. */
export const findUnasked = ({ findings }: Pick<Answer, 'findings'>): readonly string[] =>
  findings.filter(({ credential }) => credential === 'missing').map((finding) => finding.check);

/** What a secret stands in the way of: neither waived nor advisory. */
const listTroubles = ({ findings }: Answer): readonly CredentialTrouble[] =>
  findings.flatMap(({ credential, waived, weight }) =>
    credential === undefined || waived !== undefined || weight === 'advisory' ? [] : [credential],
  );

/**
 * A missing secret is always the first to be mended. A refused one keeps a check from answering; where another
 * check has already said NO-GO, as of a revoked key that was to take the payments, that is the answer.
 */
function lacksKey(answer: Answer): boolean {
  const troubles = listTroubles(answer);
  return troubles.includes('missing') || (troubles.length > 0 && answer.verdict.call !== 'no-go');
}

/**
 * The exit code of a gate, and of whatever asks checks: 4 for a secret that stands in its way, a fact about the set-up.
 * What is good is 0, also when an advisory or waived check had no key.
 */
export function exitOfGate(isGood: boolean, answer: Answer, { stop }: Pick<CliContext, 'stop'>): ExitCode {
  if (stop.stopping) return stop.exitCode;
  if (isGood) return EXIT.ok;
  return lacksKey(answer) ? EXIT.credentials : EXIT.no;
}

/** True when absent secrets are all that keeps the answer from GO: nothing failed, was left out, or is unknown otherwise. */
function lacksOnlySecrets({ findings, verdict }: Answer): boolean {
  const unknown = findings.filter(({ outcome, waived }) => outcome === 'unknown' && waived === undefined);
  const open = [...listOpen(verdict, findings), ...unknown];
  return verdict.call === 'hold' && open.every(({ credential }) => credential === 'missing');
}

/** That of preflight. With `--allow-skips` a HOLD that rests on absent secrets alone ends with 0; it stays HOLD. */
export function exitOf(answer: Answer, context: Pick<CliContext, 'stop'>, allowSkips: boolean): ExitCode {
  const isLetThrough = allowSkips && lacksOnlySecrets(answer);
  return exitOfGate(answer.verdict.call === 'go' || isLetThrough, answer, context);
}
