import { seconds } from '../../domain/duration.ts';
import type { Version } from '../../domain/version.ts';
import { defineStep, type Seen, type Services } from '../../kit.ts';
import type { MergeOrder } from '../../services/git/port.ts';
import { holdsCommit } from './holds-commit.ts';
import { refuseMovedMain } from './refuse-moved-main.ts';

type Input = {
  mainBranch: string;
  version: Version;
  main: string;
  branch: string;
  branchName: string;
  at: string;
  trailers: Record<string, string>;
};
type Done = { commit: string; tag: string };

const orderOf = (input: Input, facts: Readonly<Record<string, Record<string, unknown>>>): MergeOrder => ({
  version: input.version,
  main: input.main,
  branch: input.branch,
  branchName: input.branchName,
  at: input.at,
  trailers: { ...input.trailers, ...rollbackFacts(facts) },
});

/** What a rollback needs to know and must find without the ledger (reliability 5.7). */
function rollbackFacts(facts: Readonly<Record<string, Record<string, unknown>>>): Record<string, string> {
  const point = facts['restore-point'];
  const backup = facts.backup;
  return {
    ...(backup ? { 'Backup-Branch': String(backup.name) } : {}),
    ...(point ? { 'Restore-Point': `${String(point.lsn)} ${String(point.at)} ${String(point.xid)}` } : {}),
  };
}

/**
 * The `--no-ff` merge and the annotated tag, made with the dates of the plan so that every machine makes the same
 * ids, and pushed in one atomic push of exactly these two refs (DAY-18…20, E-34); a ledger in git moves with them, and
 * is what keeps a run that was taken over from moving them.
 */
export const publishRelease = defineStep<'git', Input, Done>({
  id: 'git.publish-release',
  def: 1,
  needs: ['git'],
  effect: 'probeable',
  fenced: true,
  settleMs: seconds(60),
  timeoutMs: seconds(150),
  stop: 'safe',
  title: ({ branchName, mainBranch, version }) =>
    `Merge ${branchName} into ${mainBranch}, tag ${version}, push both`,
  run: async ({ git }, input, { facts, guard, tell, withFence }) => {
    await git.sync();
    await refuseMovedMain(git, input);
    const made = await git.makeRelease(orderOf(input, facts));
    tell(`${input.mainBranch} ${made.commit.slice(0, 7)}, ${input.version}`);
    await withFence({ main: made.commit, tag: made.tag }, (more) => {
      guard();
      return git.push([
        { ref: `refs/heads/${input.mainBranch}`, from: input.main, to: made.commit },
        { ref: `refs/tags/${input.version}`, from: null, to: made.tag },
        ...more,
      ]);
    });
    return made;
  },
  inspect: ({ git }, input, { facts }) => seeRelease(git, input, orderOf(input, facts)),
  undo: {
    kind: 'irreversible',
    because: 'others may have fetched it; nothing here rewrites a branch',
    instead: 'release rollback --to the previous version',
  },
});

async function seeRelease(git: Services['git'], input: Input, order: MergeOrder): Promise<Seen<Done>> {
  const main = `refs/heads/${input.mainBranch}`;
  const tag = `refs/tags/${input.version}`;
  await git.sync();
  const made = await git.makeRelease(order);
  const remote = await git.remoteRefs([main, tag]);
  if (remote[tag] === undefined) return seeUntagged(git, input, remote[main], made.commit);
  const isOurs = remote[tag] === made.tag && (await holdsCommit(git, remote[main], made.commit));
  if (isOurs) return { state: 'done', done: made };
  return { state: 'unclear', said: `${input.version} is on the remote, and not as this run makes it` };
}

/** The push is atomic: without the tag nothing of it was taken, wherever others moved the branch to. */
async function seeUntagged(
  git: Services['git'],
  { mainBranch, version }: Input,
  now: string | undefined,
  made: string,
): Promise<Seen<Done>> {
  if (!(await holdsCommit(git, now, made))) return { state: 'absent' };
  return { state: 'unclear', said: `${mainBranch} holds the merge, and ${version} is gone` };
}
