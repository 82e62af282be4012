import type { LedgerEvent } from './event.ts';
import type { Held, Ledger } from './ledger.ts';

/**
 * All events of a scope for whoever has just taken its lock: what others may have done that matters to the holder was done
 * before that, and came with it. A store that cannot recall it is asked.
 */
export const readAsHolder = async (ledger: Ledger, held: Held): Promise<readonly LedgerEvent[]> =>
  ledger.recall?.(held) ?? ledger.read(held.scope);
