import { ReleaseError } from '../../src/domain/failure.ts';

/** The ReleaseError that `work` ends with; anything else makes the test fail. */
export async function failureOf(work: Promise<unknown>): Promise<ReleaseError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReleaseError) return error;
  throw error;
}
