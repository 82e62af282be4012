/** What a load test or a page load measured. */
export interface BenchmarkReport {
  /** Readings by name, in ms. */
  readonly readings: readonly Reading[];
  /** Share of requests that failed, in percent; undefined when nothing counted them. */
  readonly failedPercent?: number;
  /** Limits of the test's own that were crossed, as it words them. */
  readonly crossed: readonly string[];
  readonly commit?: string;
  readonly at?: string;
}

/** One number of a report. */
export interface Reading {
  readonly name: string;
  readonly kind: 'api' | 'query' | 'page';
  readonly ms: number;
  /** How many measurements stand behind it; undefined when the report does not say. */
  readonly samples?: number;
}
