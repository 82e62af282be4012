import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';

type Answer = Pick<ChecksAnswer, 'findings' | 'verdict' | 'needsCredentials'>;

/** Checks that could not be asked because nobody has set their secrets, as in a pull request from a fork. */
export const findUnasked = ({ findings }: Pick<Answer, 'findings'>): readonly string[] =>
  findings.filter((finding) => finding.lacksSecret === true).map((finding) => finding.check);

/** True when absent secrets are all that keeps the answer from GO: nothing failed, was left out, or is unknown otherwise. */
function lacksOnlySecrets({ findings, verdict }: Answer): boolean {
  const unknown = findings.filter(({ outcome, waived }) => outcome === 'unknown' && waived === undefined);
  const areAbsent = [...verdict.because, ...unknown].every((finding) => finding.lacksSecret === true);
  return verdict.call === 'hold' && areAbsent;
}

/**
 * A missing key is a fact about the set-up, not a verdict on the release: it has the exit code of its own. With
 * `--allow-skips` a HOLD that rests on absent secrets alone ends with 0; it stays HOLD.
 */
export function exitOf(answer: Answer, { stop }: Pick<CliContext, 'stop'>, allowSkips: boolean): ExitCode {
  if (stop.stopping) return stop.exitCode;
  if (answer.verdict.call === 'go' && !answer.needsCredentials) return EXIT.ok;
  if (allowSkips && lacksOnlySecrets(answer)) return EXIT.ok;
  return answer.needsCredentials ? EXIT.credentials : EXIT.no;
}
