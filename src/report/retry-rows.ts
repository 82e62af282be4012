import type { NextAttempt } from '../domain/next-attempt.ts';
import { sayNextAttempt } from './next-attempt-text.ts';
import { row } from './status-rows.ts';

/** After a rollback, for `release status`: which version comes next (E-90). `live`: what the ledger believes to be live. */
export const sayRetry = (next: NextAttempt | undefined, live: string | undefined): readonly string[] =>
  next === undefined ? [] : sayNextAttempt(next, live ?? 'what is live').flatMap((line) => row('', line));
