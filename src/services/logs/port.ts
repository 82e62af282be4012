/** Lines of a log as they come. */
export interface LogsPort {
  /**
   * Lines that a file has got since it was last asked; the first time only its end is found. A file that was begun anew
   * is read from its beginning. Throws E_LOG when it cannot be read.
   */
  readNew(path: string): Promise<readonly string[]>;
}
