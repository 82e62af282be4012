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

const PREFIX = /^refs\/(?:[a-z0-9][a-z0-9-]*\/)+$/;

/** Names of the refs that hold records on a remote, and of what the cache remembers of them. */
export interface RecordNames {
  /** What all of them begin with, `refs/release/`. */
  readonly prefix: string;
  /** The full name of a record's ref, or a TypeError. */
  check(ref: string): string;
  /** Where the cache keeps what was last seen of a record, wherever that lies on the remote. */
  seen(ref: string): string;
  /** Where the cache keeps what stood at a record's ref before another record was put back there. */
  aside(ref: string, object: string): string;
}

/** Names of records below `prefix`; a TypeError for one that an option parser or a refspec could read otherwise. */
export function recordNames(prefix: string): RecordNames {
  if (!PREFIX.test(prefix))
    throw new TypeError(`no place for records: ${JSON.stringify(prefix).slice(0, 80)}`);
  const below = (ref: string): string => {
    const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : '';
    if (!BRANCH.test(name))
      throw new TypeError(`not the ref of a record: ${JSON.stringify(ref).slice(0, 80)}`);
    return name;
  };
  return {
    prefix,
    check: (ref) => `${prefix}${below(ref)}`,
    seen: (ref) => `refs/release-seen/${below(ref)}`,
    aside: (ref, object) => `refs/release-aside/${below(ref)}/${checkSha(object)}`,
  };
}

const PLACE = /^refs\/[a-z0-9][a-z0-9-]*\//;

/** A full ref that may be pushed: a branch, a tag or a record; a TypeError for what could be read as anything else. */
export function pushedRef(ref: string): string {
  if (!PLACE.test(ref) || !BRANCH.test(ref.replace(PLACE, '')))
    throw new TypeError(`not a plain ref: ${JSON.stringify(ref).slice(0, 80)}`);
  return ref;
}
