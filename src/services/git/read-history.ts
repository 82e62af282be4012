import { compareReleases, readVersion, type Version } from '../../domain/version.ts';
import { cachedTag, checkSha, headRef } from './names.ts';
import { readObjectText, readWhen } from './object-text.ts';
import type { OpenedGit } from './open-git.ts';
import type { CommitLine, TagFacts } from './port.ts';
import { gitFailed, mustRun, type RunGit } from './run-git.ts';
import { unread } from './walk-tree.ts';

const FIELD = '\x1f';

/** The cache, asked by both ways. */
type Reading = Pick<OpenedGit, 'run' | 'objects'>;

/** The trailer by which a restore commit is known (E-30). */
export const RESTORED = 'Restored-Version';

/** The trailer by which a person answers for a commit on a frozen branch (PRE-26). */
const EXCEPTION = 'Freeze-Exception';

const REMOTE = 'refs/remote/';

/** Asks for every name that the cache has of the remote: one question for all that is asked about names. */
export const LIST_NAMES: readonly string[] = ['for-each-ref', '--format=%(refname)', REMOTE];

/** Names of the cache below a folder of the remote's, without it. */
async function listBelow(run: RunGit, folder: string): Promise<readonly string[]> {
  const out = await mustRun(run, 'Listing names', LIST_NAMES);
  return out.split('\n').flatMap((name) => (name.startsWith(folder) ? [name.slice(folder.length)] : []));
}

/** Throws E_GIT for a ref that is there although nothing can be read of it: it would be told as one that is not. */
async function refuseTorn(run: RunGit, ref: string): Promise<undefined> {
  const asked = ref.startsWith(REMOTE) ? LIST_NAMES : ['for-each-ref', '--format=%(refname)', ref];
  const names = await mustRun(run, 'Reading the cache', asked);
  if (names.split('\n').includes(ref)) throw unread(ref);
  return undefined;
}

/** The object a ref of the cache points at; undefined when there is no such ref. */
export const readRef = async ({ run, objects }: Reading, ref: string): Promise<string | undefined> =>
  (await objects.find(ref))?.id ?? refuseTorn(run, ref);

/** The same for a ref of the cache's own: one that is not there is told by the program that moves them. */
export async function readOwnRef(
  { run, objects, move }: OpenedGit,
  ref: string,
): Promise<string | undefined> {
  const found = await objects.find(ref);
  if (found !== undefined) return found.id;
  return (await move([`verify ${ref}`])) ? undefined : readRef({ run, objects }, ref);
}

const TRAILER = /^([A-Z][A-Za-z-]{1,60}): (.{1,1000})$/;

/** `Key: value` lines of a message's last paragraph. */
function readTrailers(message: string): Record<string, string> {
  const last =
    message
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  const lines = last.split('\n').map((line) => TRAILER.exec(line));
  return Object.fromEntries(
    lines.flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : [])),
  );
}

/** What a tag is and says; undefined when the remote has none of this name that stands for a commit. */
export async function readTag({ run, objects }: Reading, version: Version): Promise<TagFacts | undefined> {
  const ref = cachedTag(version);
  const found = await objects.read(ref);
  if (found === undefined) return refuseTorn(run, ref);
  if (found.body === undefined) return undefined;
  const { id: object, kind, body } = found;
  const text = readObjectText(body);
  const [commit] = kind === 'commit' ? [object] : text.all('object');
  const meant = kind === 'tag' ? text.all('type')[0] : kind;
  if (meant !== 'commit' || commit === undefined) return undefined;
  const at = readWhen(text.all(kind === 'tag' ? 'tagger' : 'committer')[0]);
  return { version, annotated: kind === 'tag', object, commit, at, trailers: readTrailers(text.message) };
}

/** Release tags, newest first by meaning, not by text (E-33). */
export async function listVersions(run: RunGit): Promise<readonly Version[]> {
  const names = await listBelow(run, `${REMOTE}tags/`);
  const versions = names.filter((name) => name.startsWith('v')).map(readVersion);
  return versions.filter((one): one is Version => one !== undefined).sort((a, b) => compareReleases(b, a));
}

/** Names of branches that begin with `prefix`. */
export async function listBranches(run: RunGit, prefix: string): Promise<readonly string[]> {
  const names = await listBelow(run, `${REMOTE}heads/`);
  return names.filter((name) => name !== '' && name.startsWith(prefix) && isPlain(name));
}

function isPlain(name: string): boolean {
  try {
    return headRef(name) !== '';
  } catch {
    return false;
  }
}

function readCommit(line: string): CommitLine {
  const [sha = '', subject = '', author = '', at = '', restores = '', exception = ''] = line.split(FIELD);
  return {
    sha,
    subject,
    author,
    at,
    ...(restores === '' ? {} : { restores }),
    ...(exception === '' ? {} : { exception }),
  };
}

/** Commits that `to` has and `from` has not, newest first. */
export async function listCommits(
  run: RunGit,
  from: string,
  to: string,
  how: readonly string[] = [],
): Promise<readonly CommitLine[]> {
  const restored = `%(trailers:key=${RESTORED},valueonly,separator=%x20)`;
  const exception = `%(trailers:key=${EXCEPTION},valueonly,unfold,separator=%x0a)`;
  const format = `--format=${['%H', '%s', '%an', '%cI', restored, exception].join('%x1f')}`;
  const range = `${checkSha(from)}..${checkSha(to)}`;
  const out = await mustRun(run, 'Reading history', ['log', '-z', ...how, format, range, '--']);
  return out
    .split('\0')
    .filter((line) => line !== '')
    .map(readCommit);
}

/** Files of a commit in which one of these texts stands. */
export async function findFilesWith(
  run: RunGit,
  commit: string,
  texts: readonly string[],
): Promise<readonly string[]> {
  const patterns = texts.flatMap((text) => ['-e', text]);
  const how = ['--name-only', '-z', '-I', '--fixed-strings', '--full-name', '--no-color'];
  const answer = await run(['grep', ...how, ...patterns, checkSha(commit), '--']);
  // 1 is git's way of saying "nowhere".
  if (answer.code > 1) throw gitFailed('Searching the code', answer);
  const ahead = `${commit}:`.length;
  return answer.out
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(ahead));
}
