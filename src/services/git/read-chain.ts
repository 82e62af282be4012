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

interface Line {
  readonly id: string;
  readonly parents: readonly string[];
}

/** With the parents as git sees them: what a commit's text seems to say of them may be somebody's invention. */
async function listLines(run: RunGit, from: string | undefined, to: string): Promise<readonly Line[]> {
  const range = from === undefined ? [checkSha(to)] : [checkSha(to), `^${checkSha(from)}`];
  const how = ['--topo-order', '--reverse', '--parents', `--max-count=${MOST_COMMITS + 1}`];
  const out = await mustRun(run, 'Listing the record', ['rev-list', ...how, ...range, '--']);
  const lines = out.split('\n').filter((line) => line !== '');
  if (lines.length <= MOST_COMMITS)
    return lines.map((line) => {
      const [id = '', ...parents] = line.split(' ');
      return { id, parents };
    });
  const err = `it has more than ${MOST_COMMITS} commits`;
  throw gitFailed('Reading the record', { code: 1, out: '', err, tookMs: 0, timedOut: false });
}

async function readOne(objects: ObjectReader, { id, parents }: Line): Promise<ChainCommit> {
  const body = (await objects.read(id, MOST_BYTES))?.body;
  return { id, parents, ...(body === undefined ? {} : { message: readObjectText(body).message }) };
}

/** What `to` has and `from` has not, oldest first. Throws E_GIT for more than anybody could have recorded. */
export async function readChainCommits(
  run: RunGit,
  objects: ObjectReader,
  from: string | undefined,
  to: string,
): Promise<readonly ChainCommit[]> {
  const lines = await listLines(run, from, to);
  return Promise.all(lines.map((line) => readOne(objects, line)));
}
