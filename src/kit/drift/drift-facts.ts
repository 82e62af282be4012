import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DriftRecord } from '../../ledger/fold-drift.ts';
import type { Facts, Policy } from '../check.ts';

/** What the ledger says about drift, or why nobody knows. */
export type DriftFacts =
  | {
      readonly record: DriftRecord;
      /** True when drift itself is the question: then the set-up is read also when none was ever accepted. */
      readonly isAsked: boolean;
    }
  | { readonly unread: string };

/** As a fact that checks are given; it is plain data all the way down. */
export const giveDriftFacts = (facts: DriftFacts): Facts => ({ drift: facts as unknown as JsonObject });

const driftFactsIn = ({ facts }: Pick<Policy, 'facts'>): DriftFacts | undefined =>
  facts.drift as unknown as DriftFacts | undefined;

/** What the ledger says. Throws E_LEDGER_UNREADABLE when it could not be read: that is not the same as "nothing". */
export function driftRecord(policy: Pick<Policy, 'facts'>): DriftRecord {
  const facts = driftFactsIn(policy);
  if (facts === undefined || 'record' in facts) return facts?.record ?? { moves: [] };
  throw new ReleaseError('E_LEDGER_UNREADABLE', {
    what: facts.unread,
    why: 'What was accepted stands in the ledger.',
    next: 'release status says what is wrong with it.',
    state: 'untouched',
  });
}

/** Says why drift is not looked for; undefined when it is. */
export function whyNoDrift(policy: Pick<Policy, 'facts'>): string | undefined {
  const facts = driftFactsIn(policy);
  const isLookedFor =
    facts !== undefined && ('unread' in facts || facts.isAsked || facts.record.baseline !== undefined);
  return isLookedFor ? undefined : 'no set-up is accepted yet';
}
