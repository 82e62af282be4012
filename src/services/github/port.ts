export interface WorkflowRun {
  readonly id: string;
  readonly status: 'queued' | 'in_progress' | 'waiting' | 'completed';
  readonly conclusion?: string;
  readonly url: string;
}

/** What one check of a commit came to. `open`: nobody can say yet whether it is good. */
export interface CommitCheck {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'open' | 'left-out';
  /** GitHub's own word: `success`, `timed_out`, `in_progress`, … */
  readonly word: string;
}

export interface OpenIssue {
  readonly number: number;
  readonly title: string;
  /** Title of its milestone. */
  readonly milestone?: string;
}

/** GitHub, as far as a release needs it. */
export interface GithubPort {
  /** Starts a workflow; `marker` finds it again when the answer was lost. */
  dispatch(order: {
    readonly workflow: string;
    readonly ref: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly marker: string;
  }): Promise<WorkflowRun>;
  findRun(workflow: string, marker: string): Promise<WorkflowRun | undefined>;
  run(id: string): Promise<WorkflowRun>;
  /** Open issues with the label, without pull requests. */
  openIssues(label: string): Promise<readonly OpenIssue[]>;
  /** Names of all labels that an issue can have. */
  labels(): Promise<readonly string[]>;
  /** Check runs and statuses of a commit, the newest of each. Empty when nothing has ever looked at it. */
  commitChecks(commit: string): Promise<readonly CommitCheck[]>;
}
