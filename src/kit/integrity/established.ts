import { ReleaseError } from '../../domain/failure.ts';
import { brokenIntegrity, type IntegrityAnswer } from '../../domain/integrity.ts';

/**
 * The answers, where they establish something: a violation that was seen, or that there is none. Throws E_DATA_UNKNOWN
 * when none was seen and a question has no answer; `askAgain` is how the person who reads it asks once more.
 */
export function established(
  answers: readonly IntegrityAnswer[],
  askAgain: string,
): readonly IntegrityAnswer[] {
  const open = answers.filter(({ state }) => state === 'unknown');
  if (open.length === 0 || brokenIntegrity(answers).length > 0) return answers;
  const words = open.flatMap(({ title, why }) => (why === undefined ? [] : [` ${title}: ${why}.`]));
  throw new ReleaseError('E_DATA_UNKNOWN', {
    what: `${open.length} of ${answers.length} data checks have no answer: ${open.map(({ said }) => said).join('; ')}.`,
    why: `No answer is not a good one: rows may be missing that nobody counted.${words.join('')}`,
    next: `Look at these tables, and what the database is busy with. ${askAgain}`,
    state: 'partly-done',
  });
}
