import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { LastSeen } from '../../services/git/port.ts';
import type { Wired } from '../wired.ts';

/** A way back needs the names of the code in any case: this much must be said at three in the morning. */
const neverSeen = ({ text }: ReleaseError, { environment }: Wired): ReleaseError =>
  new ReleaseError('E_CODE_AWAY', {
    what: `The remote of the code does not answer, and this machine has never seen it. ${text.what}`,
    why: 'Without it nobody here knows which commit the earlier version is, nor its rollback scripts. Nothing was begun.',
    next: `Go back from a machine that has released before: it knows them. Or publish the earlier version in the host's own console, see that ${environment.url} answers with it, and leave the database as it is.`,
    state: 'untouched',
  });

/** The same program with names as they were last seen: right for tags, which never move; main may have gone on. */
const asSeen = (wired: Wired, { at, names }: LastSeen, because: string): Wired => ({
  ...wired,
  services: {
    ...wired.services,
    git: { ...wired.services.git, ...names, sync: () => Promise.resolve() },
  },
  codeAway: { because, seenAt: at },
});

/**
 * The program as a rollback is planned with: a remote of the code that is gone holds up what does not need it (F76).
 * Throws E_CODE_AWAY when this machine has never seen the code.
 */
export async function seeCode(wired: Wired): Promise<Wired> {
  const { git } = wired.services;
  try {
    await git.sync();
    return wired;
  } catch (error) {
    if (!isReleaseError(error, 'E_GIT')) throw error;
    const seen = await git.lastSeen();
    if (seen === undefined) throw neverSeen(error, wired);
    return asSeen(wired, seen, error.text.what);
  }
}
