export interface WorkflowRun {
  readonly id: string;
  readonly status: 'queued' | 'in_progress' | 'waiting' | 'completed';
  readonly conclusion?: string;
  readonly url: string;
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
  openIssues(label: string): Promise<readonly { readonly number: number; readonly title: string }[]>;
}
