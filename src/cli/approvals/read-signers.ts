import { isReleaseError } from '../../domain/failure.ts';
import type { GitPort, LastSeen } from '../../services/git/port.ts';
import type { Wired } from '../wired.ts';

/** Whose keys may sign, as the protected branch has it. */
export interface Signers {
  readonly allowed: string;
  readonly revoked: string;
  /** Why there are none. */
  readonly lack?: string;
}

/** The remote as it is; where it is away, as this machine saw it last. */
async function findNames(git: GitPort): Promise<LastSeen['names'] | undefined> {
  try {
    await git.sync();
    return git;
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return (await git.lastSeen())?.names;
  }
}

/**
 * Allowed signers and revoked keys from the main branch of the remote, never from a work tree: who may release is not for a checkout
 * to say (T33). A list of revoked keys that is named and not there lets nobody sign.
 */
export async function readSigners({ services: { git }, runbook }: Wired): Promise<Signers> {
  const { approvals, source } = runbook;
  const none = (lack: string): Signers => ({ allowed: '', revoked: '', lack });
  const tip = await (await findNames(git))?.branchTip(source.main);
  if (tip === undefined) return none(`${source.main} of the remote is not known here`);
  const allowed = await git.readFile(tip, approvals.allowedSigners);
  if (allowed === undefined) return none(`${source.main} has no file ${approvals.allowedSigners}`);
  if (approvals.revokedKeys === undefined) return { allowed, revoked: '' };
  const revoked = await git.readFile(tip, approvals.revokedKeys);
  if (revoked === undefined) return none(`${source.main} has no file ${approvals.revokedKeys}`);
  return { allowed, revoked };
}
