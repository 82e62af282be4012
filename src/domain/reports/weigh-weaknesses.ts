import type { Weakness } from './weakness.ts';

/** A weakness that is accepted for a while (E-13). */
export interface AdvisoryWaiver {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  /** Last day on which it counts (UTC). */
  readonly until: string;
}

/** Weaknesses, sorted by what they mean for a release. */
export interface Weighed {
  /** In production, at or above the limit, accepted by nobody. */
  readonly blocking: readonly Weakness[];
  /** The same, but a waiver holds. */
  readonly waived: readonly { readonly weakness: Weakness; readonly waiver: AdvisoryWaiver }[];
  /** At or above the limit, and not in production. */
  readonly devOnly: readonly Weakness[];
  /** Below the limit. */
  readonly mild: readonly Weakness[];
  /** Waivers whose day has passed; they demote nothing. */
  readonly expired: readonly AdvisoryWaiver[];
}

const DAY_MS = 86_400_000;

/** All of the named day counts; a day that cannot be read has passed. */
const isOver = ({ until }: AdvisoryWaiver, now: Date): boolean =>
  !(Date.parse(`${until}T00:00:00Z`) + DAY_MS > now.getTime());

/** True at exactly the limit: 7.0 is already high in CVSS 3 (E-13). */
export const isSevere = ({ severity, score }: Weakness, cvss: number): boolean =>
  severity === 'high' || severity === 'critical' || (score !== undefined && score >= cvss);

const isAbout = ({ id }: AdvisoryWaiver, { ids }: Weakness): boolean =>
  ids.some((one) => one.toLowerCase() === id.toLowerCase());

/** Sorts weaknesses; every one of them ends in exactly one place. */
export function weighWeaknesses(
  all: readonly Weakness[],
  cvss: number,
  waivers: readonly AdvisoryWaiver[],
  now: Date,
): Weighed {
  const valid = waivers.filter((one) => !isOver(one, now));
  const severe = all.filter((one) => isSevere(one, cvss));
  const exposed = severe.filter((one) => !one.isDevOnly);
  const waiverOf = (weakness: Weakness) => valid.find((waiver) => isAbout(waiver, weakness));
  return {
    blocking: exposed.filter((one) => waiverOf(one) === undefined),
    waived: exposed.flatMap((weakness) => {
      const waiver = waiverOf(weakness);
      return waiver === undefined ? [] : [{ weakness, waiver }];
    }),
    devOnly: severe.filter((one) => one.isDevOnly),
    mild: all.filter((one) => !isSevere(one, cvss)),
    expired: waivers.filter((one) => isOver(one, now) && exposed.some((weakness) => isAbout(one, weakness))),
  };
}
