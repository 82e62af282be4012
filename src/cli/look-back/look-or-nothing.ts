import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { Sight } from '../../ledger/ledger.ts';
import { lookAt } from '../../ledger/look-at.ts';
import type { Wired } from '../wired.ts';

/** What was seen of one environment's ledger; `failure`: it could not be asked, and nothing of it was ever seen here. */
export type Looked = Sight & { readonly failure?: ReleaseError };

/** A ledger that cannot be asked must not hide those of the other environments, of which more is known here. */
export async function lookOrNothing({ ledger, scope }: Pick<Wired, 'ledger' | 'scope'>): Promise<Looked> {
  try {
    return await lookAt(ledger, scope);
  } catch (error) {
    if (!isReleaseError(error, 'E_LEDGER_UNREACHABLE')) throw error;
    return { events: [], unreached: error.text.what, failure: error };
  }
}

/** Throws when there is nothing to show of any environment. */
export function refuseBlind(looks: readonly { readonly failure?: ReleaseError }[]): void {
  const failures = looks.flatMap(({ failure }) => failure ?? []);
  const [first] = failures;
  if (first !== undefined && failures.length === looks.length) throw first;
}
