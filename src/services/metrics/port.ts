/** Counts of one route in one minute. Percentiles in ms; absent means: no samples. */
export interface RouteMinute {
  readonly route: string;
  readonly minute: string;
  readonly version?: string;
  readonly requests: number;
  readonly errors: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
}

/** Measurements of real traffic. */
export interface MetricsPort {
  /** Minutes since `since` (ISO), oldest first. Throws when the source does not answer: never an empty list. */
  routes(env: string, since: string): Promise<readonly RouteMinute[]>;
  /**
   * Since when it has every minute, quiet ones left out (ISO): what is missing before was dropped. Undefined: it does not say.
   * Throws as `routes` does.
   */
  keptSince(env: string): Promise<string | undefined>;
}
