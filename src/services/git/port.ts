import type { HistoryCommit } from '../../domain/prepare/commit.ts';
import type { Version } from '../../domain/version.ts';

/** A full commit id. */
export type Sha = string;

export interface TagFacts {
  readonly version: Version;
  readonly annotated: boolean;
  readonly object: Sha;
  readonly commit: Sha;
  readonly at: string;
  /** `Key: value` lines of the message: rollback facts that need no ledger (reliability 5.7). */
  readonly trailers: Readonly<Record<string, string>>;
}

export interface CommitLine {
  readonly sha: Sha;
  readonly subject: string;
  readonly author: string;
  readonly at: string;
  /** The version whose tree a restore commit brought back (E-30); absent on every other commit. */
  readonly restores?: string;
  /** Its `Freeze-Exception` trailers, one a line (PRE-26); absent when it has none. */
  readonly exception?: string;
}

/** What merging a branch would give. */
export interface MergePrediction {
  readonly clean: boolean;
  readonly conflicts: readonly string[];
  /** The merge holds exactly what the branch holds: what is released is what was tested (E-31, E-39). */
  readonly sameAsBranch: boolean;
}

/** A release as git objects; dates are given, so every machine makes the same ids. */
export interface MergeOrder {
  readonly version: Version;
  readonly main: Sha;
  readonly branch: Sha;
  readonly branchName: string;
  readonly at: string;
  readonly trailers: Readonly<Record<string, string>>;
}

export interface RestoreOrder {
  readonly version: Version;
  readonly main: Sha;
  readonly at: string;
  readonly reason: string;
  /** What its message names as taken out of the tree, a line each. */
  readonly covers?: readonly string[];
}

/** A candidate as git objects: a commit with other files on `base` (none: `base` itself), and its tag. */
export interface CandidateOrder {
  readonly version: Version;
  /** Of the tag, like `v2.2.0-rc.1`. */
  readonly name: Version;
  readonly base: Sha;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly at: string;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Main's history put behind a release branch. `asOf`: the point of main whose files are merged, main itself or earlier. */
export interface JoinOrder {
  readonly version: Version;
  readonly base: Sha;
  readonly baseName: string;
  readonly main: Sha;
  readonly mainName: string;
  readonly asOf: Sha;
  readonly at: string;
  /** Main goes back into the branch that releases are cut from, after `version` went out. */
  readonly isBack?: true;
}

/** What a restore or revert commit `taken` took out, put back on top of `base`. */
export interface BringBackOrder {
  readonly version: Version;
  readonly base: Sha;
  readonly baseName: string;
  readonly taken: Sha;
  readonly at: string;
}

/** Refs to move in one atomic push. `from: null` means: must not exist yet. */
export interface RefMove {
  readonly ref: string;
  readonly from: Sha | null;
  readonly to: Sha;
  /** It may go anywhere from `from`; said in a plan, of a branch that nothing but one unprotected environment uses. */
  readonly rewrites?: true;
}

/** Names of the code as they were when this machine last asked the remote. */
export interface LastSeen {
  /** When that was (ISO, by this machine's clock). */
  readonly at: string;
  readonly names: Pick<GitPort, 'branchTip' | 'tag' | 'versions' | 'branches'>;
}

/**
 * The code's history on its remote, read through a bare cache of our own. Pushes go forward and nowhere else (corrections
 * E-32), but for a move that says `rewrites`; each of them is refused when the ref is not where it begins.
 */
export interface GitPort {
  /** Brings the cache up to date; call it once before a group of questions. */
  sync(): Promise<void>;
  branchTip(branch: string): Promise<Sha | undefined>;
  tag(version: Version): Promise<TagFacts | undefined>;
  /** All release tags, newest first by semantic order, candidates included. */
  versions(): Promise<readonly Version[]>;
  branches(prefix: string): Promise<readonly string[]>;
  readFile(commit: Sha, path: string): Promise<string | undefined>;
  listFiles(commit: Sha, folder: string): Promise<readonly string[]>;
  /** Files of a commit that hold one of these texts, as they stand; binary files are passed over. */
  filesWith(commit: Sha, texts: readonly string[]): Promise<readonly string[]>;
  contains(commit: Sha, ancestor: Sha): Promise<boolean>;
  commitsBetween(from: Sha, to: Sha): Promise<readonly CommitLine[]>;
  /** The same of both lines alone: a merge stands for all that it brought, and a merge back takes nothing away. */
  ownCommits(from: Sha, to: Sha): Promise<readonly CommitLine[]>;
  /** When a commit was made (ISO); undefined when the remote has no such commit. */
  committedAt(commit: Sha): Promise<string | undefined>;
  /** Paths that differ between the trees of two commits; undefined when the remote has not both of them. */
  changedFiles(from: Sha, to: Sha): Promise<readonly string[] | undefined>;
  sameTree(left: Sha, right: Sha): Promise<boolean>;
  /** Would merging conflict, or give anything but the branch? Asks without a work tree. */
  predictMerge(into: Sha, from: Sha): Promise<MergePrediction>;
  /** Makes the `--no-ff` merge commit and the annotated tag locally; nothing is pushed. */
  makeRelease(order: MergeOrder): Promise<{ readonly commit: Sha; readonly tag: Sha }>;
  /** Makes a commit on top of main whose tree is that of the version (E-30); nothing is pushed. */
  makeRestore(order: RestoreOrder): Promise<{ readonly commit: Sha }>;
  /** The same with parents and messages, each before its parents; copies of what `from` has are marked. No `from`: all of it. */
  history(from: Sha | undefined, to: Sha): Promise<readonly HistoryCommit[]>;
  /** Makes the commit and the tag of a candidate; nothing is pushed. */
  makeCandidate(order: CandidateOrder): Promise<{ readonly commit: Sha; readonly tag: Sha }>;
  /** Makes the merge commit that puts main behind a branch; nothing is pushed. Throws E_MERGE_CONFLICT. */
  makeJoin(order: JoinOrder): Promise<Sha>;
  /** Makes the commit that undoes what another one took out; undefined when nothing is missing. Throws E_MERGE_CONFLICT. */
  makeBringBack(order: BringBackOrder): Promise<Sha | undefined>;
  /** One atomic push with an explicit expectation for every ref; refuses anything but a fast-forward, unless it `rewrites`. */
  push(moves: readonly RefMove[]): Promise<void>;
  /**
   * Asks the remote itself, with the key that pushes, whether the refs stand where the moves begin, and whether each goes
   * forward; sends nothing. Rules that the remote applies when it receives are not asked. Throws as `push` does.
   */
  tryPush(moves: readonly RefMove[]): Promise<void>;
  /** What the remote says now for these refs, asked of the remote itself, not of the cache. */
  remoteRefs(refs: readonly string[]): Promise<Readonly<Record<string, Sha>>>;
  /**
   * For when the remote is away: what this machine saw of it last, undefined when it never did. The remote may have gone
   * on since; whoever acts on this says so.
   */
  lastSeen(): Promise<LastSeen | undefined>;
}
