import * as z from 'zod';

const seconds = z.number().min(0);

/** What every part of a script says: when, and for whom. */
const part = {
  /** Seconds of the sandbox's time from the beginning of the script; without an end it lasts until it is taken back. */
  from: seconds.default(0),
  to: seconds.optional(),
  /** Like `GET /api/assessments/:id`; left out: every route. */
  routes: z.array(z.string()).readonly().optional(),
  /** Requests of users or the release's own; left out: both. */
  of: z.enum(['users', 'release']).optional(),
  /** Only answers of this version. */
  version: z.string().optional(),
};
const status = z.number().int().min(400).max(599);
const count = z.number().int().min(1);

const phaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...part, kind: z.literal('slow'), ms: z.number().min(0) }),
  /** k of every n requests of a route, the first of them among these. */
  z.strictObject({ ...part, kind: z.literal('flaky'), k: count, n: count, status: status.default(500) }),
  /** Nobody is answered before the part is over. */
  z.strictObject({ ...part, kind: z.literal('stalled') }),
  /** With a status everybody gets it; without one the connection is cut. On some routes it is a half-dead application. */
  z.strictObject({ ...part, kind: z.literal('dead'), status: status.optional() }),
  /** The measurements are not told. */
  z.strictObject({ ...part, kind: z.literal('silent') }),
]);

export const scriptSchema = z.strictObject({
  /** `release`: time begins with the first request of the release's own. */
  starts: z.enum(['now', 'release']).default('now'),
  phases: z.array(phaseSchema).readonly(),
});

/** What goes wrong with an application, and when. */
export type FaultScript = z.infer<typeof scriptSchema>;
export type FaultPhase = FaultScript['phases'][number];

/** A request as far as a script can tell it from others. */
export interface Asked {
  /** Seconds since the script began. */
  readonly second: number;
  readonly route: string;
  readonly who: 'users' | 'release';
  readonly version: string | undefined;
}

/** What a request meets. `hold`: no answer before that second. */
export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hold'; readonly until: number }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'cut' };

const NONE: Mishap = { kind: 'none' };

const isNow = ({ from, to = Number.POSITIVE_INFINITY }: FaultPhase, second: number): boolean =>
  second >= from && second < to;

const isMeant = ({ routes, of, version }: FaultPhase, asked: Asked): boolean =>
  (routes === undefined || routes.includes(asked.route)) &&
  (of === undefined || of === asked.who) &&
  (version === undefined || version === asked.version);

/** Of the first `nth` requests so many are hit; the first one is always. */
const hits = (nth: number, k: number, n: number): number => Math.ceil((nth * k) / n);

/**
 * Plays a script: the same requests at the same seconds meet the same every time, because each route counts by itself and nothing
 * is drawn by lot. Of several parts at once the first that does something decides.
 */
export class FaultPlay {
  private readonly phases: readonly FaultPhase[];
  private readonly asked = new Map<string, number>();

  constructor({ phases }: Pick<FaultScript, 'phases'>) {
    this.phases = phases;
  }

  meet(asked: Asked): Mishap {
    for (const [at, phase] of this.phases.entries()) {
      if (!isNow(phase, asked.second) || !isMeant(phase, asked)) continue;
      const mishap = this.mishapOf(phase, `${at} ${asked.who} ${asked.route}`);
      if (mishap.kind !== 'none') return mishap;
    }
    return NONE;
  }

  /** Whether nobody is told the measurements. */
  isSilent(second: number): boolean {
    return this.phases.some((phase) => phase.kind === 'silent' && isNow(phase, second));
  }

  private mishapOf(phase: FaultPhase, key: string): Mishap {
    switch (phase.kind) {
      case 'slow':
        return { kind: 'wait', ms: phase.ms };
      case 'flaky':
        return this.isHit(phase, key) ? { kind: 'fail', status: phase.status } : NONE;
      case 'stalled':
        return { kind: 'hold', until: phase.to ?? Number.POSITIVE_INFINITY };
      case 'dead':
        return phase.status === undefined ? { kind: 'cut' } : { kind: 'fail', status: phase.status };
      case 'silent':
        return NONE;
    }
  }

  private isHit({ k, n }: Extract<FaultPhase, { kind: 'flaky' }>, key: string): boolean {
    const nth = (this.asked.get(key) ?? 0) + 1;
    this.asked.set(key, nth);
    return hits(nth, k, n) > hits(nth - 1, k, n);
  }
}
