import { checkSha } from './names.ts';
import type { ObjectReader } from './object-reader.ts';
import { readObjectText } from './object-text.ts';
import { gitFailed, mustRun, type RunGit } from './run-git.ts';

/** A commit that holds nothing but its message. */
export interface ChainCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Missing when it is larger than `MOST_BYTES`: it was not read. */
  readonly message?: string;
}

const KIB = 1024;
/** Of one commit; no event is nearly as large. */
export const MOST_BYTES = 3072 * KIB;
const MOST_COMMITS = 90_000;

async function listIds(run: RunGit, from: string | undefined, to: string): Promise<readonly string[]> {
  const range = from === undefined ? [checkSha(to)] : [checkSha(to), `^${checkSha(from)}`];
  const how = ['--topo-order', '--reverse', `--max-count=${MOST_COMMITS + 1}`];
  const out = await mustRun(run, 'Listing the record', ['rev-list', ...how, ...range, '--']);
  const ids = out.split('\n').filter((id) => id !== '');
  if (ids.length <= MOST_COMMITS) return ids;
  const err = `it has more than ${MOST_COMMITS} commits`;
  throw gitFailed('Reading the record', { code: 1, out: '', err, tookMs: 0, timedOut: false });
}

async function readOne(objects: ObjectReader, id: string): Promise<ChainCommit> {
  const body = (await objects.read(id, MOST_BYTES))?.body;
  if (body === undefined) return { id, parents: [] };
  const text = readObjectText(body);
  return { id, parents: text.all('parent'), message: text.message };
}

/** What `to` has and `from` has not, oldest first. Throws E_GIT for more than anybody could have recorded. */
export async function readChainCommits(
  run: RunGit,
  objects: ObjectReader,
  from: string | undefined,
  to: string,
): Promise<readonly ChainCommit[]> {
  const ids = await listIds(run, from, to);
  return Promise.all(ids.map((id) => readOne(objects, id)));
}
