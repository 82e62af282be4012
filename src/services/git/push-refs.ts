import { ReleaseError } from '../../domain/failure.ts';
import { oneLine, withoutStop } from '../../domain/screen-text.ts';
import { isAncestor } from './compare-commits.ts';
import { checkSha, pushedRef } from './names.ts';
import type { OpenedGit } from './open-git.ts';
import type { RefMove } from './port.ts';
import { gitFailed } from './run-git.ts';

const refused = (moves: readonly RefMove[], why: string): ReleaseError =>
  new ReleaseError('E_PUSH_REFUSED', {
    what: `The remote refused the push of ${moves.map((move) => move.ref).join(' and ')}.`,
    why: `${why || 'Somebody moved one of them meanwhile'}. The push is atomic: nothing was changed.`,
    next: 'Look at what was pushed since. A run that is half way is given up with --abandon --reason "…" of its command (release deploy, release prepare); then plan again: --plan',
    state: 'untouched',
  });

const declined = (moves: readonly RefMove[], why: string): ReleaseError =>
  new ReleaseError('E_PUSH_REFUSED', {
    what: `The remote does not let this account push ${moves.map((move) => move.ref).join(' and ')}.`,
    why: `It says: ${why}. The push is atomic: nothing was changed.`,
    next: 'Let the account push there (branch protection, rules or a hook of the remote), then resume.',
    state: 'untouched',
  });

const rewrites = ({ ref }: RefMove): ReleaseError =>
  new ReleaseError('E_NOT_FORWARD', {
    what: `The push would rewrite ${ref}; it was not sent.`,
    why: 'release only ever adds commits to a branch.',
    next: 'This is a bug: please report it.',
    state: 'untouched',
  });

type Reading = Pick<OpenedGit, 'run' | 'objects'>;

const isForward = async (git: Reading, { from, to, rewrites }: RefMove): Promise<boolean> =>
  from === null || rewrites === true || isAncestor(git, from, to);

const REFUSALS =
  /stale info|rejected|already exists|fetch first|non-fast-forward|protected branch|hook declined|atomic/i;

/** Nobody moved anything: the remote's own rules are against it, now and later. */
const DECLINED = /\[remote rejected\] \([^\n]*(?:hook declined|protected|prohibited|denied|not allowed)/i;

/**
 * One atomic push with an explicit expectation for every ref: a lease that names no object is worthless after any
 * fetch. A branch must move forward, or nothing is sent (E-32), unless its move says that it rewrites. A trial asks the
 * remote and sends nothing.
 */
export async function pushRefs(
  git: Reading & Pick<OpenedGit, 'url'>,
  moves: readonly RefMove[],
  { isTrial = false } = {},
): Promise<void> {
  for (const move of moves) {
    if (!(await isForward(git, move))) throw rewrites(move);
  }
  const { run, url } = git;
  const leases = moves.map(
    ({ ref, from }) => `--force-with-lease=${pushedRef(ref)}:${from === null ? '' : checkSha(from)}`,
  );
  const specs = moves.map(({ ref, to }) => `${checkSha(to)}:${pushedRef(ref)}`);
  const how = isTrial ? ['--dry-run'] : [];
  const args = ['push', ...how, '--atomic', '--porcelain', ...leases, '--end-of-options', url, ...specs];
  const answer = await run(args, { talksToRemote: true, timeoutMs: 60_000 });
  if (answer.code === 0) return;
  const said = `${answer.out}\n${answer.err}`;
  if (!answer.timedOut && DECLINED.test(said)) throw declined(moves, sayRules(said));
  if (!answer.timedOut && REFUSALS.test(said)) throw refused(moves, oneLine(firstReason(said), 200));
  throw gitFailed('The push', answer, isTrial ? 'untouched' : 'unclear');
}

const firstReason = (said: string): string =>
  /\[(?:remote )?rejected\] \(?([^)\n]*)/.exec(said)?.[1] ?? /!\s.*\t(.*)/.exec(said)?.[1] ?? '';

/** The remote's own words where it has any: git's reason alone does not name the rule. */
function sayRules(said: string): string {
  const words = [...said.matchAll(/^remote: *(.*\S)/gm)].map(([, line]) => line).join(' ');
  return withoutStop(oneLine(words || firstReason(said), 300));
}
