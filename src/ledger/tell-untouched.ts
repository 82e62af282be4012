import { isReleaseError, ReleaseError } from '../domain/failure.ts';

/**
 * Does `work`, behind which nothing has been done yet: what a store could not write (E_LEDGER_WRITE) has changed
 * nothing then, while in the middle of a run it leaves that half way.
 */
export async function tellUntouched<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isReleaseError(error, 'E_LEDGER_WRITE') || error.text.state !== 'partly-done') throw error;
    throw new ReleaseError(error.code, { ...error.text, state: 'untouched' });
  }
}
