import { isReleaseError } from '../../domain/failure.ts';
import {
  type IntegrityAnswer,
  type IntegrityRule,
  judgeIntegrity,
  unknownIntegrity,
} from '../../domain/integrity.ts';
import { withoutStop } from '../../domain/screen-text.ts';

/**
 * The judged number; a statement that was cut off, or refused, leaves the question open and stops no other. What is said
 * of it goes into the ledger, and names the code alone.
 */
export async function judged(
  rule: IntegrityRule,
  before: number | undefined,
  read: () => Promise<number>,
): Promise<IntegrityAnswer> {
  try {
    return judgeIntegrity(rule, await read(), before);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { code, text } = error;
    return unknownIntegrity(rule, before, `${withoutStop(text.what)} (${code})`, text.why);
  }
}
