import { ReleaseError } from '../domain/failure.ts';
import type { Waiver } from '../domain/finding.ts';
import { matchesGlob } from '../engine/choose-checks.ts';

/** `a,b` and a repeated flag mean the same. Undefined for none, because an empty list would mean "no check". */
export function splitGlobs(given: unknown): readonly string[] | undefined {
  const globs = (Array.isArray(given) ? given : []).flatMap((glob: string) => glob.split(','));
  const named = globs.map((glob) => glob.trim()).filter(Boolean);
  return named.length > 0 ? named : undefined;
}

/** Short names of what is waived in a hurry; the message of a closed window says them. */
const SHORT: Readonly<Record<string, string>> = { window: 'people.window-open' };

/** What a person typed to accept findings. */
export interface WaiverRequest {
  /** Of --waive; undefined when it was not given. */
  readonly globs: readonly string[] | undefined;
  readonly reason: unknown;
  /** Moment up to which the waiver stands for later runs too; without one it is for this run. */
  readonly until?: string;
  readonly by: string;
}

const refuse = (globs: readonly string[]): ReleaseError =>
  new ReleaseError('E_WAIVE_REASON', {
    what: `--waive ${globs.join(',')} needs a reason.`,
    why: 'A waived finding stays visible everywhere, with the name of the person and why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

/**
 * Signed waivers for every check that --waive names. A pattern without a match is kept, so that the engine refuses
 * it by name. Throws E_WAIVE_REASON (exit 2) when nobody says why.
 */
export function makeWaivers(request: WaiverRequest, ids: readonly string[]): readonly Waiver[] {
  const { globs, reason, until, by } = request;
  if (globs === undefined) return [];
  if (typeof reason !== 'string' || reason.trim() === '') throw refuse(globs);
  const signed = { by, reason: reason.trim(), ...(until === undefined ? {} : { until }) };
  return globs.flatMap((typed) => {
    const glob = SHORT[typed] ?? typed;
    const hit = ids.filter((id) => matchesGlob(id, glob));
    return (hit.length > 0 ? hit : [glob]).map((check) => ({ check, ...signed }));
  });
}
