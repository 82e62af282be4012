import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** The first moment after `early`, up to `late`, at which the zone has the offset that it has at `late`. */
function findTransition(zone: IANAZone, early: number, late: number): number {
  const offset = zone.offset(late);
  let [before, after] = [early, late];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offset(middle) === offset) after = middle;
    else before = middle;
  }
  return after;
}

/**
 * When the clock of `zone` first reads `clock` (`10:00`) or more on `date` (`2026-03-08`), in epoch milliseconds. Where
 * the hour comes twice in autumn it is the first time; where spring leaves it out, the moment at which it is passed.
 */
export function firstMoment(date: string, clock: string, zone: string): number {
  const iana = IANAZone.create(zone);
  const reading = Date.parse(`${date}T${clock}:00Z`);
  const offsets = [reading - DAY_MS, reading + DAY_MS].map((near) => iana.offset(near));
  const moments = offsets.map((offset) => reading - offset * MINUTE_MS).sort((a, b) => a - b);
  const real = moments.find((moment) => moment + iana.offset(moment) * MINUTE_MS === reading);
  return real ?? findTransition(iana, moments[0] ?? reading, moments.at(-1) ?? reading);
}
