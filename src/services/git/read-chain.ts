import { checkSha } from './names.ts';
import { gitFailed, mustRun, type RunGit } from './run-git.ts';

/** A commit that holds nothing but its message. */
export interface ChainCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Missing when it is larger than `MOST_BYTES`: it was not read. */
  readonly message?: string;
}

const KIB = 1024;
/** Of one commit. A program's output is kept up to 4 MiB, and what is cut off could not be told from damage. */
export const MOST_BYTES = 3072 * KIB;
const MOST_AT_ONCE = 3584 * KIB;
const MOST_COMMITS = 90_000;

const FIELD = '\x1f';

interface Sized {
  readonly id: string;
  readonly bytes: number;
}

async function listIds(run: RunGit, from: string | undefined, to: string): Promise<readonly string[]> {
  const range = from === undefined ? [checkSha(to)] : [checkSha(to), `^${checkSha(from)}`];
  const how = ['--topo-order', '--reverse', `--max-count=${MOST_COMMITS + 1}`];
  const out = await mustRun(run, 'Listing the record', ['rev-list', ...how, ...range, '--']);
  const ids = out.split('\n').filter((id) => id !== '');
  if (ids.length <= MOST_COMMITS) return ids;
  const err = `it has more than ${MOST_COMMITS} commits`;
  throw gitFailed('Reading the record', { code: 1, out: '', err, tookMs: 0, timedOut: false });
}

async function measure(run: RunGit, ids: readonly string[]): Promise<readonly Sized[]> {
  if (ids.length === 0) return [];
  const args = ['cat-file', '--batch-check=%(objectsize)'];
  const out = await mustRun(run, 'Measuring the record', args, { input: `${ids.join('\n')}\n` });
  const sizes = out.split('\n').map(Number);
  return ids.map((id, i) => ({ id, bytes: sizes[i] ?? Number.POSITIVE_INFINITY }));
}

/** Parts that one call may read; what is too large for any call is in none of them. */
function cut(sized: readonly Sized[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let room = 0;
  for (const { id, bytes } of sized) {
    if (bytes > MOST_BYTES) continue;
    if (bytes > room) {
      parts.push([]);
      room = MOST_AT_ONCE;
    }
    parts.at(-1)?.push(id);
    room -= bytes;
  }
  return parts;
}

function parse(text: string): ChainCommit {
  const [id = '', parents = '', ...message] = text.split(FIELD);
  return { id, parents: parents.split(' ').filter((one) => one !== ''), message: message.join(FIELD) };
}

async function readPart(run: RunGit, ids: readonly string[]): Promise<readonly ChainCommit[]> {
  const format = `--format=${['%H', '%P', '%B'].join('%x1f')}`;
  const args = ['log', '-z', '--no-walk=unsorted', '--encoding=UTF-8', format, '--stdin'];
  const out = await mustRun(run, 'Reading the record', args, { input: `${ids.join('\n')}\n` });
  return out
    .split('\0')
    .filter((text) => text !== '')
    .map(parse);
}

/** What `to` has and `from` has not, oldest first. Throws E_GIT for more than anybody could have recorded. */
export async function readChainCommits(
  run: RunGit,
  from: string | undefined,
  to: string,
): Promise<readonly ChainCommit[]> {
  const sized = await measure(run, await listIds(run, from, to));
  const read = new Map<string, ChainCommit>();
  for (const ids of cut(sized)) for (const commit of await readPart(run, ids)) read.set(commit.id, commit);
  return sized.map(({ id }) => read.get(id) ?? { id, parents: [] });
}
