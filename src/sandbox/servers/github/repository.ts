import type { Rate } from './rate.ts';
import type { WorkflowRuns } from './workflow-runs.ts';

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly labels: readonly string[];
  readonly isPullRequest: boolean;
  readonly milestone?: string;
  readonly body?: string;
  readonly state: 'open' | 'closed';
}

/** What a pipeline says about a commit. A check run has a status and perhaps a conclusion; a status has a state. */
export type CommitSign =
  | {
      readonly kind: 'check-run';
      readonly name: string;
      readonly status: string;
      readonly conclusion?: string;
    }
  | { readonly kind: 'status'; readonly name: string; readonly state: string };

/** A workflow file of the repository. Without `inputs` it takes any. */
export interface Workflow {
  readonly file: string;
  readonly inputs?: readonly string[];
}

/** What a token may do here. `none` sees the repository as little as a stranger. */
export type Right = 'write' | 'read' | 'none';

/** Everything that the stand-in's routes share. */
export interface Repository {
  /** owner/name. */
  readonly name: string;
  readonly rights: ReadonlyMap<string, Right>;
  readonly workflows: readonly Workflow[];
  /** Branches and tags that can be dispatched on; undefined: any. */
  readonly refs: readonly string[] | undefined;
  /** Says the run's id when it is asked to; older servers never do. */
  readonly givesRunDetails: boolean;
  readonly runs: WorkflowRuns;
  readonly issues: Issue[];
  /** True while its index knows of no issue yet. */
  readonly searchLags: boolean;
  /** By full commit id. */
  readonly signs: Map<string, readonly CommitSign[]>;
  /** What is said about commits that are not in `signs`. */
  readonly usualSigns: readonly CommitSign[];
  readonly rate: Rate;
}
