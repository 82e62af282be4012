/** What the record of an environment says of the last deploy of a commit to it. */
export interface StagedRecord {
  readonly run: string;
  /** The tag that was tried, with its v. */
  readonly version: string;
  /** How the run ended, in the ledger's word; `open` while it has not. */
  readonly end: string;
  /** ISO; when it ended, or when it was last heard of. */
  readonly at: string;
  readonly by: string;
  /** What the smoke tests came to; undefined: none were asked for, or it never came to them. */
  readonly smoke?: string;
  /** Why it did not come to its end; may be empty. */
  readonly said: string;
}
