import { minutes } from '../duration.ts';

/** As long as a rule carries its last reading: a shorter silence hides nothing that a rule could have said. */
const CARRIED_MS = minutes(5);

/** What an application tells of a time that nobody watched. ms since 1970. */
interface LookedBack {
  readonly from: number;
  /** Since when it has every minute; undefined: it does not say. */
  readonly keptSince: number | undefined;
  /** The first minute that it tells of, of whichever version; undefined: of none. */
  readonly first: number | undefined;
}

const sayAt = (at: number): string => new Date(at).toISOString();

/**
 * Why nobody knows whether a time without minutes was quiet, or its minutes are gone: an application that was started again, or
 * keeps no more than an hour, looks like one that nobody used. Undefined: everything is there.
 */
export function doubtMinutes({ from, keptSince, first }: LookedBack): string | undefined {
  const latest = from + CARRIED_MS;
  if (keptSince !== undefined)
    return keptSince <= latest ? undefined : `the application has no minutes from before ${sayAt(keptSince)}`;
  if (first !== undefined && first <= latest) return undefined;
  const before = first === undefined ? 'tells of no minute' : `tells of none before ${sayAt(first)}`;
  return `quiet or dropped: the application ${before}, and not since when it keeps them`;
}
