import { oneLine } from '../screen-text.ts';

/** A commit on a frozen branch. */
export interface FrozenCommit {
  readonly sha: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, by the clock of whoever committed. */
  readonly at: string;
  /** Its `Freeze-Exception` trailers, one a line. */
  readonly exception?: string;
}

export interface ExceptionRules {
  /** Exceptions that the configuration names; `commit` is a full id or its beginning. */
  readonly granted: readonly { readonly commit: string; readonly by: string; readonly reason: string }[];
  /** Every way to name somebody; with none of them anybody's name counts. */
  readonly people: readonly string[];
}

/** Whether a person answers for the commit, and why; or what is missing. */
export type Weighed =
  | { readonly granted: true; readonly by: string; readonly reason: string }
  | { readonly granted: false; readonly why: string };

function weighTrailer(text: string, people: readonly string[]): Weighed {
  const [, by = '', reason = ''] = /^([^:]*\p{L}[^:]*):\s*(\S.*)$/u.exec(text.trim()) ?? [];
  if (by === '') return { granted: false, why: `"${oneLine(text, 40)}" names no person and reason` };
  const name = by.trim();
  const isKnown = people.length === 0 || people.some((one) => one.toLowerCase() === name.toLowerCase());
  return isKnown
    ? { granted: true, by: oneLine(name, 60), reason: oneLine(reason, 120) }
    : { granted: false, why: `${oneLine(name, 40)} is nobody of people` };
}

/** A frozen branch takes a commit only when a person answers for it with a reason (PRE-26). */
export function weighCommit({ sha, exception }: FrozenCommit, { granted, people }: ExceptionRules): Weighed {
  const own = granted.find(({ commit }) => sha.startsWith(commit));
  if (own !== undefined) return { granted: true, by: own.by, reason: own.reason };
  if (exception === undefined) return { granted: false, why: 'no exception' };
  const weighed = exception.split('\n').map((text) => weighTrailer(text, people));
  const good = weighed.find((one) => one.granted);
  return good ?? weighed[0] ?? { granted: false, why: 'no exception' };
}
