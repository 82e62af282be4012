import * as z from 'zod';

const share = z.number().min(0).max(1);

const behaviourSchema = z.strictObject({
  /** Routes that fail for a share of their requests; the share may climb from 0, after a time in which nothing is wrong. */
  faults: z
    .array(
      z.strictObject({
        route: z.string(),
        share,
        status: z.number().int().min(400).max(599).default(500),
        afterRequests: z.number().int().min(0).default(0),
        growsOverRequests: z.number().int().min(0).default(0),
      }),
    )
    .default([]),
  slow: z
    .array(z.strictObject({ route: z.string(), ms: z.number().min(0), share: share.default(1) }))
    .default([]),
  refuseStart: z.boolean().default(false),
  reportVersion: z.string().optional(),
});

/** In which way a build is bad: `app/behaviour.json` of its checkout. */
export type Behaviour = z.infer<typeof behaviourSchema>;

/** The behaviour in a file's text. Throws in one line when it is none. */
export function readBehaviour(text: string): Behaviour {
  const parsed = behaviourSchema.safeParse(JSON.parse(text));
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
