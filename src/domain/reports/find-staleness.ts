import { hours, minutes } from '../duration.ts';

/** What a report says about itself. */
export interface Provenance {
  /** When what it tells was found out (ISO). */
  readonly at: string;
  /** The commit it is about, when it names one. */
  readonly commit?: string;
}

/** The commit that is to be released. */
export interface Candidate {
  readonly commit: string;
  /** When it was made (ISO). */
  readonly at: string;
}

/** As much as two clocks that somebody sets may differ. */
const CLOCKS_DIFFER = minutes(5);

const short = (commit: string): string => commit.slice(0, 7);

/** Why a report is not about the candidate; undefined when it is. `isSame`: its commit holds the same files. */
export function findStaleness(
  report: Provenance,
  candidate: Candidate,
  isSame: boolean,
  now: Date,
  maxAgeHours = Number.POSITIVE_INFINITY,
): string | undefined {
  const { commit, at } = report;
  // A time that has not come yet would never be old.
  if (!(Date.parse(at) <= now.getTime() + CLOCKS_DIFFER)) return `it is of ${at}, which has not come yet`;
  if (commit !== undefined && commit !== candidate.commit && !isSame)
    return `it is about ${short(commit)}, and the candidate is ${short(candidate.commit)}`;
  // A report that names no commit can only be told by its time.
  if (commit === undefined && Date.parse(at) < Date.parse(candidate.at))
    return `it is of ${at}, older than the candidate ${short(candidate.commit)} of ${candidate.at}`;
  if (now.getTime() - Date.parse(at) > hours(maxAgeHours))
    return `it is of ${at}, more than ${maxAgeHours} hours ago`;
  return undefined;
}
