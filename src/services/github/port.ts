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

/** An issue that we opened, or somebody for us. */
export interface Ticket {
  readonly number: number;
  readonly url: string;
}

/** A ticket to be opened. `marker` stands in its text, and finds it again. */
export interface TicketOrder {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly marker: string;
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
  /**
   * The open issue whose text carries the marker; otherwise a new one. A lost answer is never followed by a second order: the
   * issue is looked for, and the error stays 'unclear' when it is not there.
   */
  openTicket(order: TicketOrder): Promise<{ readonly ticket: Ticket; readonly isNew: boolean }>;
  /** How much of the calls of this hour the token has used, of how many; asking costs none. */
  limits(): Promise<{ readonly used: number; readonly limit: number }>;
  /** Names of all labels that an issue can have. */
  labels(): Promise<readonly string[]>;
  /** Check runs and statuses of a commit, the newest of each. Empty when nothing has ever looked at it. */
  commitChecks(commit: string): Promise<readonly CommitCheck[]>;
}
