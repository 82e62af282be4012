/** The schema before and after one rehearsal; `digest` stands for commit, configuration and rules. */
export interface ToldRehearsal {
  readonly digest: string;
  readonly before: string;
  readonly after: string;
}

/** What the ledger knows of rehearsals, oldest first, and what their digests were made with. */
export interface RehearsalFacts {
  readonly ground: readonly string[];
  readonly records: readonly ToldRehearsal[];
}

/** The newest rehearsal with this digest that began with this schema. */
export const findTold = (
  { records }: RehearsalFacts,
  digest: string,
  before: string,
): ToldRehearsal | undefined => records.findLast((one) => one.digest === digest && one.before === before);
