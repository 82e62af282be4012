import { isReleaseError } from '../../../src/domain/failure.ts';

/** The refusal a preparation ends with; anything else is told as it is. */
export async function refusal(work: Promise<unknown>): Promise<{ code: string; said: string }> {
  try {
    return { code: 'none', said: JSON.stringify(await work) };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { code: error.code, said: `${error.text.what} ${error.text.next}` };
  }
}
