/** One end-to-end scenario, in one browser. */
export interface Scenario {
  /** File, suites and title. */
  readonly name: string;
  /** In small letters, with their @. */
  readonly tags: readonly string[];
  /** flaky: it passed after a retry. */
  readonly outcome: 'passed' | 'flaky' | 'failed' | 'skipped';
}

/** What a report of end-to-end tests says. */
export interface E2eReport {
  readonly scenarios: readonly Scenario[];
  /** The commit that was tested, when the report names one. */
  readonly commit?: string;
  /** When the run began (ISO), when the report says so beyond doubt. */
  readonly at?: string;
  /** Which part of a run that was split over machines, from 1; undefined for a whole one. */
  readonly part?: { readonly current: number; readonly total: number };
}

/** Tags that stand in a title. */
export const tagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w@])@[\w-]+/g)].map(([tag]) => tag.toLowerCase());
