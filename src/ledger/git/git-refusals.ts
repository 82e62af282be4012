import { ReleaseError } from '../../domain/failure.ts';
import { AGAIN } from '../again.ts';
import { flagOfScope } from '../prepare-scope.ts';
import { type GitRemote, refOf } from './git-remote.ts';

const seenOf = (scope: string): string => `refs/release-seen/${scope}`;

const putBack = (scope: string): string =>
  `release ledger repair --from-mirror --reason "…" ${flagOfScope(scope)}`;

/** F50: what was seen here is no longer a part of what is there. */
export const refuseRewritten = (remote: GitRemote, scope: string, seen: string): ReleaseError =>
  new ReleaseError('E_LEDGER_REWRITTEN', {
    what: `The ledger of ${scope} on ${remote.says} was rewritten: entries that were seen here are gone from it.`,
    why: `${refOf(remote, scope)} does not follow ${seen.slice(0, 12)} any more. release only ever adds to it.`,
    next: `Find out who did it. What was seen here is kept: git -C ${remote.cache} log ${seenOf(scope)}. To put it back: ${putBack(scope)}`,
    state: 'untouched',
  });

/** F51: it was there, and is not there any more. */
export const refuseDeleted = (remote: GitRemote, scope: string): ReleaseError =>
  new ReleaseError('E_LEDGER_DELETED', {
    what: `The ledger of ${scope} is gone from ${remote.says}.`,
    why: `${refOf(remote, scope)} was seen here before; an empty ledger in its place would know of no run and no lock.`,
    next: `Find out who deleted it. To put back what was seen here: ${putBack(scope)}`,
    state: 'untouched',
  });

/** What git says when it is this machine that takes nothing: a full disk, or a folder of somebody else. */
const OWN_DISK =
  /couldn't write|could not write|unable to (?:write|create)|no space left|read-only file system|cannot update ref|insufficient permission/i;

export const refuseUnreachable = (remote: GitRemote, cause: ReleaseError): ReleaseError => {
  // What the remote says of its own disk comes to us behind this word.
  const isHere = OWN_DISK.test(cause.text.what) && !cause.text.what.includes('remote: ');
  return new ReleaseError('E_LEDGER_UNREACHABLE', {
    what: isHere
      ? 'The copy of the ledger on this machine could not be written.'
      : `The ledger on ${remote.says} could not be reached.`,
    why: cause.text.what,
    next: isHere
      ? `Make room on this disk (df), or correct the rights of ${remote.cache}; or do it from another clone.`
      : 'Look at the network and at your rights on the remote, then try again. release status shows what was last seen here.',
    state: cause.text.state,
  });
};

/** `isUnclear`: it may have arrived all the same. */
export const refuseUnwritten = (remote: GitRemote, why: string, isUnclear: boolean): ReleaseError =>
  new ReleaseError('E_LEDGER_WRITE', {
    what: `The ledger could not be written to ${remote.says}: ${why}.`,
    why: 'Without a record nothing may be done.',
    next: isUnclear
      ? `Look at the network, then ${AGAIN}.`
      : `The remote must let you push to ${remote.prefix}*; then ${AGAIN}. Where it never will: release init --probe finds another place`,
    state: isUnclear ? 'unclear' : 'partly-done',
  });

/** What was seen here is not on the remote; `isUnclear`: it may have arrived all the same. */
export const refuseNotPutBack = (remote: GitRemote, why: string, isUnclear: boolean): ReleaseError =>
  new ReleaseError('E_LEDGER_WRITE', {
    what: `The ledger was not put back on ${remote.says}: ${why}.`,
    why: `The remote must let you replace what stands at ${remote.prefix}*; a rule that forbids it is lifted for a moment.`,
    next: 'Look what stands there now: release ledger repair --from-mirror --reason "…" --plan',
    state: isUnclear ? 'unclear' : 'untouched',
  });
