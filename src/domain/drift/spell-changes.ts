import type { DriftChange } from './drift-state.ts';

/** One text for one set of changes, in whatever order they were found: equal sets give equal texts. */
export const spellChanges = (changes: readonly DriftChange[]): string =>
  changes
    .map(({ kind, key, op, to }) => JSON.stringify([kind, key, op, to ?? null]))
    .sort()
    .join('\n');
