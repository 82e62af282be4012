import { minutes, sayDuration } from '../../domain/duration.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Week } from '../../ledger/fold-week.ts';
import type { Wired } from '../wired.ts';

/** The newest measurements that the ledger has of what is live: a watch's end, or a later look. */
function findNewest(week: Week): { readonly at: string; readonly figures: JsonObject } | undefined {
  const looks = week.looks.filter(({ verdict }) => verdict !== 'missed');
  const ended = week.measured === undefined ? [] : [week.measured];
  return [...ended, ...looks].sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
}

interface Wanted {
  readonly figure: string;
  readonly limit: number;
  readonly isGood: (value: number, limit: number) => boolean;
  readonly say: (value: number, limit: number) => string;
}

const below = (value: number, limit: number): boolean => value < limit;
const above = (value: number, limit: number): boolean => value > limit;

const wantedOf = ({ thresholds }: Wired['runbook']) => ({
  errors: {
    figure: 'error-percent',
    limit: thresholds.errorPercent.later,
    isGood: below,
    say: (v: number, l: number) => `${v} % (below ${l})`,
  },
  p95: {
    figure: 'p95-ms',
    limit: thresholds.api.p95Ms,
    isGood: below,
    say: (v: number, l: number) => `${v} ms (below ${l})`,
  },
  'query-p95': {
    figure: 'query-p95-ms',
    limit: thresholds.queryP95Ms,
    isGood: below,
    say: (v: number, l: number) => `${v} ms (below ${l})`,
  },
  payments: {
    figure: 'payment-success-percent',
    limit: thresholds.paymentSuccessPercent,
    isGood: above,
    say: (v: number, l: number) => `${v} % (above ${l})`,
  },
});

/** A watch keeps its figures at every end at which it had seen enough to say something. */
const again = (env: string): string =>
  `release watch --env ${env} until it has seen enough, or the next hourly look of release tick; then this handoff again`;

/** HOO-05 to HOO-09: the value with its target. One that is older than evidence may be is not known any more. */
function judgeFigure({ figure, limit, isGood, say }: Wanted, week: Week, wired: Wired): Proof {
  const newest = findNewest(week);
  const next = again(wired.env);
  const from = 'watch';
  if (newest === undefined) return { state: 'unknown', said: 'no watch has seen enough of it', from, next };
  const { at, figures } = newest;
  const value = figures[figure];
  const ageMs = wired.clock.now().getTime() - Date.parse(at);
  if (!(figure in figures)) return { state: 'absent', said: `no rule "${figure}" measures it`, from };
  if (typeof value !== 'number')
    return { state: 'unknown', said: 'not measured at the end of the watch', from, at, next };
  if (ageMs > minutes(wired.runbook.thresholds.evidenceMinutes))
    return { state: 'unknown', said: `${say(value, limit)}, ${sayDuration(ageMs)} ago`, from, at, next };
  return { state: isGood(value, limit) ? 'holds' : 'not', said: say(value, limit), from, at, next };
}

/** The measurements of a handoff to on-call. */
export function proveFigures(week: Week, wired: Wired) {
  const wanted = wantedOf(wired.runbook);
  return {
    errors: judgeFigure(wanted.errors, week, wired),
    p95: judgeFigure(wanted.p95, week, wired),
    'query-p95': judgeFigure(wanted['query-p95'], week, wired),
    payments: judgeFigure(wanted.payments, week, wired),
    // No source counts them today; whoever has one shows it on the dashboard (a13).
    users: { state: 'absent', said: 'nothing counts active users here', from: 'configuration' } as const,
  };
}
