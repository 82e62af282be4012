/** Where a query is asked. */
export interface PromQuery {
  /** Address of the server. */
  readonly url: string;
  /** Name of the secret that is sent as bearer token. */
  readonly token?: string;
  readonly query: string;
  /** ms since 1970; undefined: now. */
  readonly at?: number;
}

/** One series of an instant vector, or a scalar without labels. */
export interface PromSample {
  readonly labels: Readonly<Record<string, string>>;
  /** NaN and infinities as the server tells them. */
  readonly value: number;
}

/** Instant queries of the HTTP API of Prometheus (`GET /api/v1/query`). */
export interface PrometheusPort {
  /** Empty: no such series, which is no number either. Throws E_METRICS, E_SECRET_REFUSED. */
  ask(query: PromQuery, signal?: AbortSignal): Promise<readonly PromSample[]>;
}
