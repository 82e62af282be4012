import { compareReleases, readVersion, type Version } from '../../domain/version.ts';
import { cachedTag, checkPath, checkSha, headRef } from './names.ts';
import type { CommitLine, TagFacts } from './port.ts';
import { gitFailed, mustRun, type RunGit } from './run-git.ts';

const FIELD = '\x1f';

/** The trailer by which a restore commit is known (E-30). */
export const RESTORED = 'Restored-Version';

/** The trailer by which a person answers for a commit on a frozen branch (PRE-26). */
const EXCEPTION = 'Freeze-Exception';

/** The object a ref of the cache points at; undefined when there is no such ref. */
export async function readRef(run: RunGit, ref: string): Promise<string | undefined> {
  const { code, out } = await run(['rev-parse', '--quiet', '--verify', '--end-of-options', ref]);
  return code === 0 ? out.trim() : undefined;
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

const TAG_FIELDS =
  '%(refname) %(objecttype) %(objectname) %(*objecttype) %(*objectname) %(creatordate:iso-strict)';

/** What a tag is and says; undefined when the remote has none of this name that stands for a commit. */
export async function readTag(run: RunGit, version: Version): Promise<TagFacts | undefined> {
  const ref = cachedTag(version);
  const format = `--format=${TAG_FIELDS}${'%1f'}%(contents)`;
  const text = await mustRun(run, `Reading ${version}`, ['for-each-ref', '--count=1', format, ref]);
  const [facts = '', message = ''] = text.split('\x1f');
  const [name, type, object = '', ...rest] = facts.split(' ');
  const [meant, commit, at = ''] = type === 'tag' ? rest : [type, object, rest.at(-1)];
  // A name that is only the beginning of others is none.
  if (name !== ref || meant !== 'commit' || commit === undefined) return undefined;
  return { version, annotated: type === 'tag', object, commit, at, trailers: readTrailers(message) };
}

/** Release tags, newest first by meaning, not by text (E-33). */
export async function listVersions(run: RunGit): Promise<readonly Version[]> {
  const out = await mustRun(run, 'Listing tags', [
    'for-each-ref',
    '--format=%(refname:lstrip=3)',
    'refs/remote/tags/',
  ]);
  const versions = out
    .split('\n')
    .filter((name) => name.startsWith('v'))
    .map(readVersion);
  return versions.filter((one): one is Version => one !== undefined).sort((a, b) => compareReleases(b, a));
}

/** Names of branches that begin with `prefix`. */
export async function listBranches(run: RunGit, prefix: string): Promise<readonly string[]> {
  const out = await mustRun(run, 'Listing branches', [
    'for-each-ref',
    '--format=%(refname:lstrip=3)',
    'refs/remote/heads/',
  ]);
  return out.split('\n').filter((name) => name !== '' && name.startsWith(prefix) && isPlain(name));
}

function isPlain(name: string): boolean {
  try {
    return headRef(name) !== '';
  } catch {
    return false;
  }
}

/** Files below a folder of a commit. */
export async function listFilesAt(run: RunGit, commit: string, folder: string): Promise<readonly string[]> {
  const answer = await run([
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    checkSha(commit),
    '--',
    `${checkPath(folder)}/`,
  ]);
  if (answer.code !== 0) throw gitFailed(`Listing ${folder}`, answer);
  return answer.out.split('\0').filter((path) => path !== '');
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
