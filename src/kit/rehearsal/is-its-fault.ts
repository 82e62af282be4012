import { type FailureCode, isReleaseError, type ReleaseError } from '../../domain/failure.ts';

/** What a file did wrong by itself: it would do the same in production. Anything else is about the rehearsal. */
const ITS_FAULT: readonly FailureCode[] = [
  'E_DB_RIGHTS',
  'E_DB_TIMEOUT',
  'E_INDEX_INVALID',
  'E_MIGRATION_CONTROL',
  'E_MIGRATION_EDITED',
  'E_MIGRATION_FAILED',
  'E_MIGRATION_SYNTAX',
];

/** True when it was the file that failed on the copy, and not the rehearsal. */
export const isItsFault = (error: unknown): error is ReleaseError =>
  isReleaseError(error) && ITS_FAULT.includes(error.code);
