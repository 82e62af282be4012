/** How long one band of one series has been met. Changed in place: a watch asks a great many of them. */
export interface Alert {
  /** Since when it is met, in ms since 1970; undefined: it is not. */
  since: number | undefined;
  /** When it had been met for long enough. */
  firedAt: number | undefined;
  /** Of counts: what was pooled since then. */
  k: number;
  n: number;
  /** When counts were last good again after it was open. */
  closedAt: number;
}

export const makeAlert = (): Alert => ({
  ...{ since: undefined, firedAt: undefined, k: 0, n: 0 },
  closedAt: Number.NEGATIVE_INFINITY,
});

/** Nothing is known of before: the clock starts anew. */
export function rest(alert: Alert): void {
  alert.since = undefined;
  alert.firedAt = undefined;
  alert.k = 0;
  alert.n = 0;
}

/**
 * One evaluation of a value, as Prometheus keeps an alert with `for:`: the clock starts at the first evaluation that is
 * met, fires when so much time has passed since then, and one evaluation that is not met ends it.
 */
export function keepValue(alert: Alert, isMet: boolean, at: number, forMs: number): void {
  if (!isMet) rest(alert);
  else {
    alert.since ??= at;
    if (at - alert.since >= forMs) alert.firedAt ??= at;
  }
}
