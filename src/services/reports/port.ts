/** A report that another tool wrote. */
export interface ReportFile {
  /** Below the folder of the configuration. */
  readonly path: string;
  /** When it was last written (ISO). */
  readonly at: string;
  readonly text: string;
}

/** Reports beside the configuration. Nothing outside of its folder is ever read, and nothing is written. */
export interface ReportsPort {
  /**
   * The files of a path, in the order of their names; `*` in its last part stands for any letters. Throws
   * E_REPORT_MISSING when there is none, E_REPORT_UNREADABLE for what is no plain file, too large, or elsewhere.
   */
  read(path: string): Promise<readonly ReportFile[]>;
}
