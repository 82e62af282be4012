const BRANCH = /^(?!-)(?!.*\.\.)(?!.*\/\/)(?!.*\.lock(?:\/|$))[A-Za-z0-9._/-]{1,200}(?<![./])$/;
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const REF = /^refs\/(heads|tags)\//;

/** The full name of a branch; throws for anything an option parser or a refspec could read otherwise (T09). */
export function headRef(branch: string): string {
  if (!BRANCH.test(branch))
    throw new TypeError(`not a plain branch name: ${JSON.stringify(branch).slice(0, 80)}`);
  return `refs/heads/${branch}`;
}

/** A full object id, or a TypeError. */
export function checkSha(sha: string): string {
  if (!SHA.test(sha)) throw new TypeError(`not an object id: ${JSON.stringify(sha).slice(0, 80)}`);
  return sha;
}

/** A full ref under heads or tags, or a TypeError. */
export function checkRef(ref: string): string {
  if (!REF.test(ref) || !BRANCH.test(ref.replace(REF, '')))
    throw new TypeError(`not a plain ref: ${JSON.stringify(ref).slice(0, 80)}`);
  return ref;
}

/** A path inside a tree: relative, without dots that climb. */
export function checkPath(path: string): string {
  if (path.startsWith('/') || path.split('/').includes('..') || path.includes('\0'))
    throw new TypeError(`not a path in a tree: ${JSON.stringify(path).slice(0, 80)}`);
  return path;
}

/** Where the cache keeps the remote's branches and tags. */
export const cachedHead = (branch: string): string =>
  headRef(branch).replace('refs/heads/', 'refs/remote/heads/');
export const cachedTag = (tag: string): string =>
  checkRef(`refs/tags/${tag}`).replace('refs/tags/', 'refs/remote/tags/');

const RECORD = /^refs\/release\//;

/** The full name of a record's ref on the remote, or a TypeError. */
export function recordRef(ref: string): string {
  if (!RECORD.test(ref) || !BRANCH.test(ref.replace(RECORD, '')))
    throw new TypeError(`not the ref of a record: ${JSON.stringify(ref).slice(0, 80)}`);
  return ref;
}

/** A full ref that may be pushed: a branch, a tag or a record; anything else is a TypeError. */
export const pushedRef = (ref: string): string => (RECORD.test(ref) ? recordRef(ref) : checkRef(ref));

/** Where the cache keeps what was last seen of a record. */
export const seenRef = (ref: string): string => recordRef(ref).replace(RECORD, 'refs/release-seen/');

/** Where the cache keeps what stood at a record's ref before another record was put back there. */
export const asideRef = (ref: string, object: string): string =>
  `${recordRef(ref).replace(RECORD, 'refs/release-aside/')}/${checkSha(object)}`;
