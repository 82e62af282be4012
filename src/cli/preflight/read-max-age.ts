import { ReleaseError } from '../../domain/failure.ts';
import { parseDuration } from '../../domain/parse-duration.ts';
import type { CommandOptions } from '../command.ts';

/**
 * Milliseconds of --max-age; undefined when it was not given. Throws E_FLAG_VALUE for what is no duration, and
 * E_FLAG_REFUSED without a version: a recorded answer is about one commit (exit 2 both).
 */
export function readMaxAge({ maxAge }: CommandOptions, version: string | undefined): number | undefined {
  if (typeof maxAge !== 'string') return undefined;
  const ms = parseDuration(maxAge);
  if (ms === undefined)
    throw new ReleaseError('E_FLAG_VALUE', {
      what: `--max-age ${maxAge} is no duration.`,
      next: 'Write a number with s, m, h or d, like 60m.',
      state: 'untouched',
    });
  if (version === undefined)
    throw new ReleaseError('E_FLAG_REFUSED', {
      what: '--max-age needs a version.',
      why: 'A recorded answer is about one commit; without a version nobody knows which.',
      next: `release preflight v1.2.3 --max-age ${maxAge}`,
      state: 'untouched',
    });
  return ms;
}
