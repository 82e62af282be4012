import { type DriftArea, type DriftChange, type DriftKind, entryOf } from './drift-state.ts';

/** What must be there counts as accepted, whatever the baseline says: to need it no longer is a matter of the runbook. */
const withRequired = (accepted: DriftArea, required: readonly string[]): DriftArea =>
  Object.fromEntries([...required.map((name) => [name, ''] as const), ...Object.entries(accepted)]);

function compareKey(from: string | undefined, to: string | undefined): DriftChange['op'] | undefined {
  if (from === to) return undefined;
  if (from === undefined) return 'added';
  return to === undefined ? 'removed' : 'changed';
}

/**
 * Everything in which `now` is not what was accepted, each once, in the order of the names. Names are compared whole:
 * DATABASE_URL_STAGING says nothing about DATABASE_URL (E-64). A required name that is missing is always a change.
 */
export function compareAreas(
  kind: DriftKind,
  accepted: DriftArea,
  now: DriftArea,
  required: readonly string[] = [],
): readonly DriftChange[] {
  const before = withRequired(accepted, required);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return keys.flatMap((key) => {
    const [from, to] = [entryOf(before, key), entryOf(now, key)];
    const op = compareKey(from, to);
    if (op === undefined) return [];
    const sides = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return [{ kind, key, op, required: required.includes(key), ...sides }];
  });
}
