import type { Clock } from '../../domain/clock.ts';
import { type FailureCode, isReleaseError } from '../../domain/failure.ts';
import type { PartName, RehearsedPart } from '../../domain/rollback-rehearsal/rollback-rehearsal.ts';
import { withoutStop } from '../../domain/screen-text.ts';

/** What a part came to, before it is named and timed. */
export type Tried = Omit<RehearsedPart, 'name' | 'tookMs'>;

/** Failures that are the answer itself, and not the want of one. */
const SHOWN: readonly FailureCode[] = [
  'E_MERGE_CONFLICT',
  'E_NO_RESTORE_POINT',
  'E_NO_TAG',
  'E_NO_WAY_DOWN',
  'E_PUSH_REFUSED',
  'E_RESTORE_REFUSED',
  'E_RESTORE_TOO_OLD',
  'E_TEMPLATE_UNKNOWN',
];

/** A failure as the part that it ended: shown to be wrong, or without an answer. Anything else is a bug and is thrown. */
export function asTried(error: unknown): Tried {
  if (error instanceof DOMException && error.name === 'AbortError')
    return { outcome: 'unknown', said: 'it was stopped before it ended', remedy: 'Rehearse again.' };
  if (!isReleaseError(error)) throw error;
  const { what, next } = error.text;
  const outcome = SHOWN.includes(error.code) || error.code.startsWith('E_TEMPLATE_') ? 'not' : 'unknown';
  return { outcome, said: `${withoutStop(what)} (${error.code})`, remedy: next };
}

/** Tries one part and says how long that took; a failure of one part leaves the others to be tried. */
export async function timePart(
  name: PartName,
  clock: Clock,
  act: () => Promise<Tried>,
): Promise<RehearsedPart> {
  const started = clock.monotonic();
  const tried = await act().catch(asTried);
  return { name, ...tried, tookMs: clock.monotonic() - started };
}
