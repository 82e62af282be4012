import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ToldRehearsal } from '../../domain/rehearsal-facts.ts';
import { readRehearsedSchema } from '../../domain/rehearsed.ts';
import type { Facts } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { groundOf } from '../preflight/evidence.ts';
import type { Wired } from '../wired.ts';

const MOST_TOLD = 5;

function toldIn(event: LedgerEvent): readonly ToldRehearsal[] {
  if (event.type !== 'gate.decided' || event.data.digest === undefined) return [];
  const { digest, findings = [] } = event.data;
  return findings.flatMap(({ check, outcome, evidence }) => {
    const isGood = check === 'migrations.rehearsal' && (outcome === 'pass' || outcome === 'warn');
    const { before, after } = readRehearsedSchema(isGood ? evidence : undefined, '');
    return after === '' ? [] : [{ digest, before, after }];
  });
}

/** Schemas of the newest rehearsals, for the comparison with staging; nothing where the ledger cannot be read. */
export async function readRehearsalFacts(
  wired: Pick<Wired, 'ledger' | 'scope' | 'digest' | 'rules' | 'askedWith'>,
): Promise<Facts> {
  try {
    const records = (await wired.ledger.read(wired.scope)).flatMap(toldIn).slice(-MOST_TOLD);
    return { rehearsals: { ground: groundOf(wired), records } as unknown as JsonObject };
  } catch (error) {
    if (isReleaseError(error)) return {};
    throw error;
  }
}
