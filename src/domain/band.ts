/** A range of a reading, what it means, and how long it must last (corrections 2.3; half-open, E-14). */
export interface Band {
  readonly level: 'hold' | 'P2' | 'P1' | 'P0';
  readonly row: string;
  /** Readings at or above this are in the band. */
  readonly from?: number | undefined;
  /** Readings below this are in the band. */
  readonly below?: number | undefined;
  /** 0: one reading is enough. */
  readonly dwellMinutes: number;
}

/** One value a minute, oldest first; undefined where nothing, or too little, was measured. */
export type Readings = readonly (number | undefined)[];

/** How long a band has lasted by now, in minutes. */
export interface BandTime {
  readonly band: Band;
  readonly minutes: number;
}

const isIn = ({ from, below }: Band, value: number): boolean =>
  (from === undefined || value >= from) && (below === undefined || value < below);

/** Minutes at the end of the readings that are all in the band; one that was not measured ends the row. */
function countMinutes(band: Band, readings: Readings): number {
  const last = readings.findLastIndex((value) => value === undefined || !isIn(band, value));
  return readings.length - 1 - last;
}

const hasLasted = ({ band, minutes }: BandTime): boolean => minutes >= Math.max(1, band.dwellMinutes);

/**
 * Which band calls for its consequence now: the worst of those that have lasted; bands are given mildest first. A
 * reading in a worse band is in every milder one as well, so that its time counts for them.
 */
export function judgeBands(
  bands: readonly Band[],
  readings: Readings,
): { readonly fired: BandTime | undefined; readonly building: readonly BandTime[] } {
  const times = bands.map((band) => ({ band, minutes: countMinutes(band, readings) }));
  return {
    fired: times.findLast(hasLasted),
    building: times.filter((time) => time.minutes > 0 && !hasLasted(time)),
  };
}
