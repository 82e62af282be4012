/** PostgreSQL's table locks from the weakest to the strongest, as `pg_locks` spells them. */
export const LOCK_MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** What of the ordinary work of an application a lock keeps waiting. */
export function blockedBy(mode: LockMode): 'nothing' | 'writes' | 'reads or writes' {
  if (mode === 'AccessExclusiveLock') return 'reads or writes';
  return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('ShareLock') ? 'writes' : 'nothing';
}

/** Greater than 0 when `a` is the stronger one. */
export const compareLocks = (a: LockMode, b: LockMode): number =>
  LOCK_MODES.indexOf(a) - LOCK_MODES.indexOf(b);
