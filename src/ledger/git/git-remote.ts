/** A commit of the chain. Its message is missing when it is larger than anybody may write. */
export interface RemoteCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message?: string;
}

/**
 * How a push ended. `moved`: nothing happened, somebody was faster. `refused`: the remote will not take it, now or later.
 * `unclear`: it may have happened, or may still happen.
 */
export type PushEnd =
  | { readonly end: 'taken' }
  | { readonly end: 'moved' }
  | { readonly end: 'refused' | 'unclear'; readonly why: string };

/**
 * What the git store needs of git: refs of a remote whose commits hold nothing but their messages, and a cache that
 * remembers what was last seen of them. Methods throw a ReleaseError when git or the remote gives no answer.
 */
export interface GitRemote {
  /** The remote, for people. */
  readonly says: string;
  /** Folder of the cache, for people. */
  readonly cache: string;
  /** Largest message in bytes that is ever read. */
  readonly mostBytes: number;
  /** What the names of all records begin with: `refs/release/`, or another place that the remote lets one write to. */
  readonly prefix: string;
  /** Full names below the prefix, asked of the remote itself. */
  refs(): Promise<readonly string[]>;
  /** Asks the remote for a ref, and brings its commits into the cache. Undefined when the remote has no such ref. */
  hear(ref: string): Promise<{ readonly id: string; readonly kind: string } | undefined>;
  /** What `to` has and `from` has not, oldest first, from the cache. */
  after(from: string | undefined, to: string): Promise<readonly RemoteCommit[]>;
  /** Makes a commit in the cache and gives its id; nothing is pushed. */
  write(parent: string | undefined, message: string, at: string): Promise<string>;
  /** Moves the ref from `from` (undefined: it must not exist) to `to`, or not at all. */
  push(ref: string, from: string | undefined, to: string): Promise<PushEnd>;
  /** The commit that this machine last saw there. */
  seen(ref: string): Promise<string | undefined>;
  /** Remembers what was seen; `before` is what was last seen before it, and what `commit` follows. */
  keepSeen(ref: string, commit: string, before: string | undefined): Promise<void>;
  /** Keeps what stood at a ref in the cache under a name of its own, and gives the name. */
  keepAside(ref: string, object: string): Promise<string>;
}

/** Where the record of a scope lies on the remote. */
export const refOf = ({ prefix }: Pick<GitRemote, 'prefix'>, scope: string): string => `${prefix}${scope}`;
