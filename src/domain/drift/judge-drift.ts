import type { DriftChange, DriftKind } from './drift-state.ts';

/** What asking for the set-up gave. */
export interface DriftAnswer {
  /** Unexplained changes of all parts that were compared. */
  readonly changes: readonly DriftChange[];
  /** Checks of somebody's own that belong to the gate and say no. */
  readonly failed: readonly string[];
  /** Parts that could not be read, and such checks that have no answer. */
  readonly unknown: readonly string[];
  /** Parts that only one side knows: the baseline, or the present. */
  readonly notCompared: readonly DriftKind[];
  readonly hasBaseline: boolean;
}

export type DriftCall = 'clean' | 'drifted' | 'unknown';

/** Clean is said only when everything was read and compared; a change that was seen is drift whatever else is not known. */
export function judgeDrift({ changes, failed, unknown, notCompared, hasBaseline }: DriftAnswer): DriftCall {
  if (changes.length > 0 || failed.length > 0) return 'drifted';
  return hasBaseline && unknown.length === 0 && notCompared.length === 0 ? 'clean' : 'unknown';
}
