import { deploySteps, somewhere, workLines } from '../ask.ts';
import type { Command, RunbookDocument } from '../document.ts';
import { firstOf, type Hit, hit, type LintRule } from '../rule.ts';

const isRevert = ({ text }: Command): boolean => /\bgit revert\b/.test(text);

const mergesBranch = (document: RunbookDocument): boolean =>
  document.commands.some(({ text }) => /\bgit merge\b(?!.*--(ff-only|squash|abort))/.test(text)) ||
  somewhere(workLines(document), /\bmerge (the )?(release|feature|hotfix)? ?(branch|pull request|pr)\b/i);

const FORCED = /\bgit push\b.*(--force|\s-f\b|\s\+[\w/]+)/;

function findRewrites({ commands }: RunbookDocument): readonly Hit[] {
  return commands.flatMap((one) => {
    if (FORCED.test(one.text)) return [hit(one, `"${one.text}" overwrites a branch that others share`)];
    const isPushed = commands.some(
      ({ fence, text }) => fence !== undefined && fence === one.fence && /\bgit push\b/.test(text),
    );
    return isPushed && /\bgit reset --hard\b/.test(one.text)
      ? [hit(one, `"${one.text}", pushed afterwards, drops commits that were merged meanwhile`)]
      : [];
  });
}

const namesCandidates = ({ lines }: RunbookDocument): boolean =>
  lines.some((line) => /-(rc|beta|alpha|pre)\b/i.test(line));

const isTagSort = ({ text }: Command): boolean =>
  /\bgit (tag|for-each-ref)\b.*--sort/.test(text) &&
  !/grep -v|--exclude|--no-contains|versionsort/.test(text);

const PUSHES =
  /\bgit push\b(?!.*--dry-run).*\b(main|master|trunk|production)\b|\bpush(es)? to (main|master|trunk)\b/i;
const MIGRATES =
  /\b(execute|run|apply)\b.*\bmigrations?\b|\bmigrat\w*:(up|run|deploy|latest)\b|\bmigrate deploy\b/i;
const BY_ITSELF =
  /\bauto-?(matic(ally)?)?[- ]?(deploy|publish|release)\w*|deploys? (by itself|automatically)|deploys? on (every )?push/i;

/** A push publishes, and the schema that the pushed code needs comes later. */
function findPushFirst(document: RunbookDocument): readonly Hit[] {
  const lines = workLines(document);
  if (!somewhere(lines, BY_ITSELF)) return [];
  const steps = deploySteps(document);
  const push = steps.find(({ text }) => PUSHES.test(text) && !BY_ITSELF.test(text));
  const migrate = steps.find(
    ({ text, line }) => push !== undefined && line > push.line && MIGRATES.test(text),
  );
  const earlier = steps.find(({ text, line }) => line < (push?.line ?? 0) && MIGRATES.test(text));
  if (push === undefined || migrate === undefined || earlier !== undefined) return [];
  return [hit(push, `the push publishes by itself, and migrations run only in line ${migrate.line}`)];
}

const PROVES =
  /\bversion\b.*\b(match|equals?|is the|proven?|answers)|\b(verify|prove|confirm|assert|wait)\w*\b.*\b(version|commit|build|sha)\b|jq\b.*\.(version|commit)\b/i;

/** How code gets out is left open, or left to the platform, and nobody proves that it did. */
function findOpenDriver(document: RunbookDocument): readonly Hit[] {
  const deploys = deploySteps(document);
  if (somewhere(deploys, PROVES)) return [];
  const open = deploys.filter(
    ({ text }) => BY_ITSELF.test(text) || /\b(trigger|start) (the )?deploy\w*\b.* or /i.test(text),
  );
  return firstOf(
    open.map((one) =>
      hit(
        one,
        `"${one.text}": which of them publishes is not settled, and no later step proves the version that answers`,
      ),
    ),
  );
}

const RETRY = /revert (of )?(the |that )?revert|cherry-pick|(fresh|new) (release )?branch|next patch/i;

/** What a runbook does with git. */
export const gitRules: readonly LintRule[] = [
  {
    id: 'revert-of-merge',
    severity: 'error',
    title: '`git revert` without `-m`, where releases are merges',
    why: 'Git refuses it: "commit … is a merge but no -m option was given", exit 128.',
    next: 'Make a commit with the tree of the earlier version, or name the side that stays: git revert -m 1 <merge>.',
    find: (document) =>
      mergesBranch(document)
        ? document.commands
            .filter((one) => isRevert(one) && !/\s(-m|--mainline)\b/.test(one.text))
            .map((one) => hit(one, `"${one.text}" cannot revert the merge that a release is`))
        : [],
  },
  {
    id: 'revert-blocks-retry',
    severity: 'error',
    title: 'A merge is reverted, and nothing says how its branch comes back',
    why: 'Git holds the branch for merged: the next merge of it says "Already up to date" and ships nothing.',
    next: 'Say that the retry is a new version from a fresh branch, or reverts the revert.',
    find: (document) =>
      mergesBranch(document) && !somewhere(workLines(document), RETRY)
        ? firstOf(
            document.commands
              .filter(isRevert)
              .map((one) => hit(one, 'after this revert the same branch can never be merged again')),
          )
        : [],
  },
  {
    id: 'rewrites-history',
    severity: 'error',
    title: 'A shared branch is overwritten',
    why: 'Protection refuses it, or commits of others are gone; in the middle of a rollback both are the worst.',
    next: 'Go back by a new commit on top, and push without force.',
    find: findRewrites,
  },
  {
    id: 'tag-sort-candidates',
    severity: 'error',
    title: 'The previous version is looked up in a list that has candidates in it',
    why: 'Sorted as versions v2.1.0-rc.1 stands above v2.1.0, and the version that fails stands on top.',
    next: 'Take the version that was last recorded as good, or leave out tags with a dash.',
    find: (document) =>
      namesCandidates(document)
        ? document.commands
            .filter(isTagSort)
            .map((one) =>
              hit(one, `"${one.text}" lists candidates and the failing release among stable versions`),
            )
        : [],
  },
  {
    id: 'push-before-migration',
    severity: 'error',
    title: 'Code is live before the schema that it needs',
    why: 'A push that publishes puts new code on the old schema for as long as the migration takes.',
    next: 'Run migrations that only add before the push; those that take away go into a later release.',
    find: findPushFirst,
  },
  {
    id: 'deploy-driver-open',
    severity: 'error',
    title: 'Nobody knows what publishes, and nobody proves that it did',
    why: 'Platforms publish on a push only where that is set up; otherwise the old version answers all checks, and well.',
    next: 'Name the one way the code gets out, and ask the application for its version until it is the new one.',
    find: findOpenDriver,
  },
  {
    id: 'pushes-every-tag',
    severity: 'warn',
    title: '`git push --tags`',
    why: 'It pushes every tag of this clone, also forgotten ones, and not in one piece with the branch.',
    next: 'git push --atomic origin main refs/tags/<version>',
    find: ({ commands }) =>
      commands
        .filter(({ text }) => /\bgit push\b.*--tags\b/.test(text))
        .map((one) => hit(one, `"${one.text}" pushes every tag of this clone`)),
  },
];
