/** How long one band of one series has been met. Changed in place: a watch asks a great many of them. */
export interface Alert {
  /** Since when it is met, in ms since 1970; undefined: it is not. */
  since: number | undefined;
  /** When it had been met for long enough. */
  firedAt: number | undefined;
  /** Of values: the last reading that met it, and how long after the one before it that came; 0: it is the first. */
  readAt: number;
  apartMs: number;
  /** Of counts: what was pooled since then. */
  k: number;
  n: number;
  /** When counts were last good again after it was open. */
  closedAt: number;
}

export const makeAlert = (): Alert => ({
  ...{ since: undefined, firedAt: undefined, readAt: 0, apartMs: 0, k: 0, n: 0 },
  closedAt: Number.NEGATIVE_INFINITY,
});

/** Nothing is known of before: the clock starts anew. */
export function rest(alert: Alert): void {
  alert.since = undefined;
  alert.firedAt = undefined;
  alert.k = 0;
  alert.n = 0;
}

/** The evaluation of a value: its moment, and that of the reading it looks at. */
export interface Evaluation {
  readonly at: number;
  readonly readAt: number;
}

function begin(alert: Alert, { at, readAt }: Evaluation): void {
  alert.since = at;
  alert.readAt = readAt;
  alert.apartMs = 0;
}

function goOn(alert: Alert, readAt: number): void {
  if (readAt === alert.readAt) return;
  alert.apartMs = readAt - alert.readAt;
  alert.readAt = readAt;
}

/**
 * One evaluation of a value, as Prometheus keeps an alert with `for:`: the clock starts at the first evaluation that is
 * met, fires when so much time has passed since then, and one evaluation that is not met ends it. A silence stops no
 * clock, but fires nothing either: one failed probe and then none would be an outage. The last reading has to reach the
 * moment, or to be no older by then than readings were apart.
 */
export function keepValue(alert: Alert, isMet: boolean, evaluation: Evaluation, forMs: number): void {
  if (!isMet) {
    rest(alert);
    return;
  }
  if (alert.since === undefined) begin(alert, evaluation);
  else goOn(alert, evaluation.readAt);
  const due = (alert.since ?? evaluation.at) + forMs;
  const isConfirmed = forMs === 0 || alert.readAt + alert.apartMs >= due;
  if (evaluation.at >= due && isConfirmed) alert.firedAt ??= evaluation.at;
}
