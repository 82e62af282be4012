import { isReleaseError } from '../../domain/failure.ts';
import type { Facts } from '../../kit.ts';
import type { Wired } from '../wired.ts';

/** When parity was last compared, for the check that looks at it; its own error where the ledger cannot be read. */
export async function readParityFacts({ ledger, scope }: Pick<Wired, 'ledger' | 'scope'>): Promise<Facts> {
  try {
    const events = await ledger.read(scope);
    const last = events.findLast((event) => event.type === 'gate.decided' && event.data.gate === 'parity');
    return { parity: last === undefined ? {} : { at: last.at } };
  } catch (error) {
    if (isReleaseError(error)) return { parity: { unread: error.text.what } };
    throw error;
  }
}
