import { ReleaseError, type StateAfter } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { NeonOperation } from './shapes.ts';

export const noSuchBranch = (wanted: string, project: string): ReleaseError =>
  new ReleaseError('E_NEON_BRANCH', {
    what: `The Neon project ${project} has no branch ${wanted}.`,
    next: 'Correct the branch in the configuration, or look whether somebody deleted it.',
    state: 'untouched',
  });

/** Protects the environment's own branch from what may only be done to a backup. */
export const notABackup = (name: string, doing: string): ReleaseError =>
  new ReleaseError('E_NEON_BRANCH', {
    what: `Refused to ${doing}: ${name} is no backup but a branch in use.`,
    why: 'It is the configured, the default or a protected branch.',
    next: 'Give the id of a backup branch.',
    state: 'untouched',
  });

/** A branch on which something is to be tried out must hang on the environment's own. */
export const notItsChild = (name: string, parent: string): ReleaseError =>
  new ReleaseError('E_NEON_BRANCH', {
    what: `The branch ${name} is not made from ${parent}, so nothing was tried out on it.`,
    why: 'Another parent has other data; what holds there says nothing about this release.',
    next: 'Look at the branches in the Neon console. Then try again.',
    state: 'untouched',
  });

/** An address that does not lead where it should; whatever is there, it is not the branch. */
export const notItsAddress = (compute: string, instead: string): ReleaseError =>
  new ReleaseError('E_NEON_BRANCH', {
    what: `Neon was asked for the address of the compute ${compute} and gave that of ${oneLine(instead, 120)}.`,
    why: 'Somebody else may live there, so it was not opened.',
    next: 'Look at the computes of the branch in the Neon console. Then try again.',
    state: 'untouched',
  });

/** An accepted request whose operations did not come to a good end. */
export function operationFailed(
  doing: string,
  operation: Pick<NeonOperation, 'action' | 'status' | 'error'>,
  because: string,
  state: StateAfter,
): ReleaseError {
  const said = operation.error ? ` ${oneLine(operation.error, 200)}` : '';
  return new ReleaseError('E_NEON_OPERATION', {
    what: `Neon accepted the request to ${doing}, but it did not finish: ${operation.action} is ${operation.status}.`,
    why: `${because}${said}`,
    next: 'Look at the operations in the Neon console, then resume; a branch that is half made can be deleted there.',
    state,
  });
}

export const restoreTooOld = (at: string, oldest: string, hours: number): ReleaseError =>
  new ReleaseError('E_RESTORE_TOO_OLD', {
    what: `The database cannot go back to ${at}.`,
    why: `Neon keeps ${hours} h of history of this branch; the oldest moment is ${oldest}.`,
    next: 'Choose a later moment, restore from a backup branch, or roll back by rollback scripts.',
    state: 'untouched',
  });

export const restoreRefused = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_RESTORE_REFUSED', { what, next, state: 'untouched' });

export const nameTaken = (name: string): ReleaseError =>
  new ReleaseError('E_RESTORE_NAME_TAKEN', {
    what: `A branch ${name} exists already, so the present state cannot be kept under this name.`,
    why: 'Without a name of its own nobody could tell afterwards whether the restore happened.',
    next: 'Look at it in the Neon console and give it another name. Do not delete it: it may hold what a restore took.',
    state: 'untouched',
  });
