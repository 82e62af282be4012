import type { ReleaseError } from '../../domain/failure.ts';

/**
 * Why a statement has no rows. `unreached`: it was not sent, or the server takes no writes now. `cut`: it may have
 * happened. `crossed`: another transaction came between, and nothing happened. `absent`: the tables are not there.
 * `refused`: saying it again would be refused again.
 */
export type Trouble = 'unreached' | 'cut' | 'crossed' | 'absent' | 'refused';

/** What became of one statement. The error is in our words, without a secret. */
export type Answer =
  | { readonly ok: true; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly trouble: Trouble; readonly error: ReleaseError };

/**
 * What the store needs of PostgreSQL: one statement at a time, each its own transaction and each perhaps in another
 * session, so that any pooler may stand between (F46). Nothing is prepared by name, set, listened to or locked.
 */
export interface LedgerDatabase {
  /** Where it is, for people: no user, no password. */
  readonly where: string;
  /** Never throws for what the server or the network says. */
  run(sql: string, values: readonly unknown[]): Promise<Answer>;
}
