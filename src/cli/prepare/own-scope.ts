import { prepareScopeOf } from '../../ledger/prepare-scope.ts';
import type { Wired } from '../wired.ts';

/**
 * The program with the lock and the record of preparations: they change the repository and no environment, so that a fix can
 * be prepared while production is half way. No environment may be named like it: names never begin with `x-`.
 */
export const inOwnScope = (wired: Wired): Wired => ({
  ...wired,
  scope: prepareScopeOf(wired.runbook.service),
});
