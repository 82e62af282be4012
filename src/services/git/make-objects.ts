import { ReleaseError } from '../../domain/failure.ts';
import { checkSha, headRef } from './names.ts';
import type { ObjectReader } from './object-reader.ts';
import type { OpenedGit } from './open-git.ts';
import type { MergeOrder, MergePrediction, RestoreOrder } from './port.ts';
import { RESTORED, readTag } from './read-history.ts';
import { gitFailed, type RunGit } from './run-git.ts';
import type { WriteObject } from './write-object.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
}

// Line breaks and angle brackets would end the field and begin another one.
export const plain = (text: string): string => text.replace(/[\n\r<>]/g, ' ');

export const toSeconds = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** What git takes off both ends of a name when it makes a commit: ids of older versions of this program have it so. */
const CRUD = /^[\0- .,:;<>"\\']+|[\0- .,:;<>"\\']+$/g;

/** Names and dates of a commit are given, so that the same order makes the same id on every machine (4.5). */
const sayWho = ({ name, email }: Identity, at: string): string =>
  `${plain(name).replace(CRUD, '')} <${plain(email).replace(CRUD, '')}> ${toSeconds(at)} +0000`;

/** In the order of their names: a plan that comes back from the ledger has them in another order than it was made with. */
export const writeTrailers = (trailers: Readonly<Record<string, string>>): string =>
  Object.entries(trailers)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${plain(key)}: ${plain(value)}`)
    .join('\n');

/** Tree of the merge, and the files in conflict; no work tree is touched. */
export async function mergeTrees(
  run: RunGit,
  into: string,
  from: string,
): Promise<{ readonly tree: string; readonly conflicts: readonly string[] }> {
  const args = [
    'merge-tree',
    '--write-tree',
    '--name-only',
    '--no-messages',
    '-z',
    checkSha(into),
    checkSha(from),
  ];
  const answer = await run(args);
  if (answer.code !== 0 && answer.code !== 1) throw gitFailed('Trying the merge', answer);
  const [tree = '', ...names] = answer.out.split('\0').filter((part) => part !== '');
  // Exit 1 stands for a conflict, and also for a commit that the cache does not have.
  if (tree === '') throw gitFailed('Trying the merge', answer);
  return { tree, conflicts: answer.code === 1 ? names : [] };
}

/** The tree of a commit that must be there; `before` is `^1` for the one before it. */
export async function readTree(
  objects: ObjectReader,
  commit: string,
  before: '' | '^1' = '',
): Promise<string> {
  const found = await objects.find(`${checkSha(commit)}${before}^{tree}`);
  if (found !== undefined) return found.id;
  throw gitFailed('Reading the tree', {
    code: 1,
    out: '',
    err: 'the cache does not have the commit',
    tookMs: 0,
    timedOut: false,
  });
}

/** Whether a merge would conflict, and whether it would change what the branch holds (E-31, E-39). */
export async function predictMerge(
  { run, objects }: OpenedGit,
  into: string,
  from: string,
): Promise<MergePrediction> {
  const { tree, conflicts } = await mergeTrees(run, into, from);
  const clean = conflicts.length === 0;
  return { clean, conflicts, sameAsBranch: clean && tree === (await readTree(objects, from)) };
}

/** Two sides that change the same lines; a person has to say what is meant. */
export const conflicted = (what: string, into: string, conflicts: readonly string[]): ReleaseError =>
  new ReleaseError('E_MERGE_CONFLICT', {
    what: `${what} does not merge cleanly into ${into}: ${conflicts.join(', ')}.`,
    next: `Merge them by hand on ${into}, resolve it there, and test again.`,
    state: 'untouched',
  });

const branchConflicted = (order: MergeOrder, conflicts: readonly string[]): ReleaseError =>
  new ReleaseError('E_MERGE_CONFLICT', {
    what: `${order.branchName} does not merge cleanly: ${conflicts.join(', ')}.`,
    next: 'Merge main into the release branch, resolve it there, and test again.',
    state: 'untouched',
  });

/** What objects are made with. */
export type ObjectTools = Pick<OpenedGit, 'objects' | 'write'>;

interface CommitOrder {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly at: string;
}

/** A commit with this tree and these parents, by somebody at a moment that are given. Throws E_GIT for a parent that is not there. */
export async function commitTree(
  { objects, write }: ObjectTools,
  { tree, parents, message, at }: CommitOrder,
  who: Identity,
): Promise<string> {
  const own = [...new Set(parents)];
  for (const parent of own) await readTree(objects, parent);
  const lines = own.map((parent) => `parent ${parent}\n`).join('');
  const by = sayWho(who, at);
  return write('commit', `tree ${checkSha(tree)}\n${lines}author ${by}\ncommitter ${by}\n\n${message}`);
}

interface TagOrder {
  readonly name: string;
  readonly commit: string;
  readonly title: string;
  readonly at: string;
  readonly trailers: Readonly<Record<string, string>>;
}

/** An annotated tag as an object; no ref points at it yet. */
export function writeTag(write: WriteObject, order: TagOrder, who: Identity): string {
  const { name, commit, title, at, trailers } = order;
  const tagger = `${plain(who.name)} <${plain(who.email)}> ${toSeconds(at)} +0000`;
  const message = `${title}\n\n${writeTrailers(trailers)}\n`;
  const text = `object ${commit}\ntype commit\ntag ${name}\ntagger ${tagger}\n\n${message}`;
  return write('tag', text);
}

/** The `--no-ff` merge and its annotated tag as objects of the cache (DAY-18, DAY-19). */
export async function makeRelease(
  git: OpenedGit,
  order: MergeOrder,
  who: Identity,
): Promise<{ commit: string; tag: string }> {
  headRef(order.branchName);
  const { tree, conflicts } = await mergeTrees(git.run, order.main, order.branch);
  if (conflicts.length > 0) throw branchConflicted(order, conflicts);
  const subject = `Merge branch '${order.branchName}' for ${order.version}`;
  const message = `${subject}\n\n${writeTrailers(order.trailers)}\n`;
  const { version, at, trailers } = order;
  const commit = await commitTree(git, { tree, parents: [order.main, order.branch], message, at }, who);
  const tag = writeTag(git.write, { name: version, commit, title: `Release ${version}`, at, trailers }, who);
  return { commit, tag };
}

const noSuchTag = (version: string): ReleaseError =>
  new ReleaseError('E_NO_TAG', {
    what: `There is no tag ${version}.`,
    next: 'Name a released version.',
    state: 'untouched',
  });

/** What whoever meets the commit must know: in a year, without this program. */
function writeRestore({ version, reason, covers = [] }: RestoreOrder): string {
  const taken = covers.map((line) => `- ${plain(line)}`).join('\n');
  return [
    `Restore ${version}`,
    plain(reason),
    `Whatever is merged from here on stays without the changes that this commit takes away: git says "Already up to\ndate". A release that wants them back begins by reverting this commit.`,
    ...(covers.length > 0 ? [`It also takes away what no release had yet:\n${taken}`] : []),
    `${RESTORED}: ${version}\n`,
  ].join('\n\n');
}

/** A commit on main with the tree of an earlier version: no conflict is possible, no history is lost (E-30). */
export async function makeRestore(
  git: OpenedGit,
  order: RestoreOrder,
  who: Identity,
): Promise<{ commit: string }> {
  const tag = await readTag(git, order.version);
  if (tag === undefined) throw noSuchTag(order.version);
  const tree = await readTree(git.objects, tag.commit);
  const { main, at } = order;
  return { commit: await commitTree(git, { tree, parents: [main], message: writeRestore(order), at }, who) };
}
