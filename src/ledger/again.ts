/** What is to be done once the ledger can be written; a store does not know whether a run has begun. */
export const AGAIN = 'the same command again, with --resume where a run has begun';
