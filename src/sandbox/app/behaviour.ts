import type * as z from 'zod';
import type { behaviourSchema } from './behaviour-schema.ts';

/** In which way a build is bad: `app/behaviour.json` of its checkout. */
export type Behaviour = z.infer<typeof behaviourSchema>;

const GOOD: Behaviour = { faults: [], slow: [], refuseStart: false };

/** True for a build in which nothing is bad: a list may be there, and is empty. */
const isGood = (value: unknown): boolean =>
  Object.entries(value as object).every(
    ([key, list]) => (key === 'faults' || key === 'slow') && Array.isArray(list) && list.length === 0,
  );

/** The behaviour in a file's text. Rejects in one line when it is none. */
export async function readBehaviour(text: string): Promise<Behaviour> {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && isGood(value)) return GOOD;
  // Most builds are good, and to load what reads the others is a third of a start.
  const { behaviourSchema } = await import('./behaviour-schema.ts');
  const parsed = behaviourSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(`app/behaviour.json: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim());
}

/** How many of the first `n` requests are hit when the share climbs evenly from 0 over the first `growsOver`. */
export function hitsAmong(n: number, share: number, growsOver: number): number {
  const climbing = Math.min(n, growsOver);
  const weight = growsOver === 0 ? 0 : (climbing * (climbing + 1)) / (2 * growsOver);
  return Math.floor(share * (weight + n - climbing) + 1e-9);
}

/** What happens to one request before its handler sees it. */
export interface Mishap {
  readonly waitMs: number;
  /** HTTP status that is answered instead. */
  readonly status?: number;
}

/** Counts requests per rule and says which are hit: the same ones every time, because nothing is drawn by lot. */
export function makeMishaps({ faults, slow }: Behaviour): (route: string) => Mishap {
  const seen = new Map<object, number>();
  const isHit = (rule: object, of: number, after = 0, growsOver = 0): boolean => {
    const all = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, all);
    const n = all - after;
    return n > 0 && hitsAmong(n, of, growsOver) > hitsAmong(n - 1, of, growsOver);
  };
  return (route) => {
    const waits = slow.filter((one) => one.route === route && isHit(one, one.share));
    const fails = faults.filter(
      (one) => one.route === route && isHit(one, one.share, one.afterRequests, one.growsOverRequests),
    );
    const waitMs = Math.max(0, ...waits.map((one) => one.ms));
    return fails[0] === undefined ? { waitMs } : { waitMs, status: fails[0].status };
  };
}
