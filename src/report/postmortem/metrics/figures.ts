/** What of an incident is drawn. */
export type Drawn = 'error-percent' | 'p95-ms';

/** One measured value; `at` is ms since 1970, the beginning of its minute. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What one source measured: pieces of the line, because where nobody measured there is no line. */
export interface Line {
  readonly metric: Drawn;
  readonly source: string;
  readonly pieces: readonly (readonly Point[])[];
}

/** What was measured during an incident; empty: nothing was. */
export type Figures = readonly Line[];
