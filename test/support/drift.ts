import type { DriftState } from '../../src/domain/drift/drift-state.ts';
import { giveDriftFacts } from '../../src/kit/drift/drift-facts.ts';
import type { LiveBuild } from '../../src/kit/drift/read-build.ts';
import type { Facts } from '../../src/kit.ts';
import type { DriftRecord } from '../../src/ledger/fold-drift.ts';

/** The code that was live when the set-up was accepted. */
export const acceptedBuild: LiveBuild = { version: 'v2.0.3', commit: 'a'.repeat(40), isReleased: true };
/** The code of a release that came afterwards. */
export const releasedBuild: LiveBuild = { version: 'v2.1.0', commit: 'b'.repeat(40), isReleased: true };

/** What checks know when this set-up was accepted by Dana. */
export const accepted = (state: DriftState, more: Partial<DriftRecord> = {}): { readonly facts: Facts } => ({
  facts: giveDriftFacts({
    isAsked: false,
    record: {
      baseline: {
        run: 'r-1',
        at: '2026-11-20T15:00:00.000Z',
        by: 'Dana Ito',
        reason: 'first',
        state,
        version: acceptedBuild.version,
        commit: acceptedBuild.commit,
      },
      moves: [],
      ...more,
    },
  }),
});

/** What checks know when `release drift` asks and nothing was ever accepted. */
export const neverAccepted = (isAsked: boolean): { readonly facts: Facts } => ({
  facts: giveDriftFacts({ isAsked, record: { moves: [] } }),
});
