import { isReleaseError } from '../../domain/failure.ts';
import { type DriftFacts, giveDriftFacts } from '../../kit/drift/drift-facts.ts';
import type { Facts } from '../../kit.ts';
import { foldDrift } from '../../ledger/fold-drift.ts';
import type { Wired } from '../wired.ts';

async function readFacts({ ledger, scope, clock }: Wired): Promise<DriftFacts> {
  try {
    return { record: foldDrift(await ledger.read(scope), clock.now()), isAsked: false };
  } catch (error) {
    // The other checks of the gate need no ledger; those that do will say that they do not know.
    if (isReleaseError(error)) return { unread: error.text.what };
    throw error;
  }
}

/** What the drift checks of a gate have to know from the ledger. */
export const readDriftFacts = async (wired: Wired): Promise<Facts> => giveDriftFacts(await readFacts(wired));
