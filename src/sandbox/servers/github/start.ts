import { type StandIn, startStandIn } from '../router.ts';
import { notFound } from './answers.ts';
import { Rate } from './rate.ts';
import type { CommitSign, Issue, Repository, Right, Workflow } from './repository.ts';
import { githubRoutes, withHeaders } from './routes.ts';
import {
  type Conclusion,
  type Run,
  type RunFate,
  type RunOrder,
  type RunStatus,
  WorkflowRuns,
} from './workflow-runs.ts';

export interface GithubOptions {
  /** owner/name. */
  readonly repository: string;
  /** A token that may do everything. */
  readonly token: string;
  /** Tokens that may do less. */
  readonly others?: Readonly<Record<string, Right>>;
  readonly port?: number;
  /** How much faster than GitHub runs are. Default 1. */
  readonly speed?: number;
  /** Milliseconds that decide how far a run is. Default: this machine's. */
  readonly elapsed?: () => number;
  /** Default: publish.yml, with any inputs. */
  readonly workflows?: readonly Workflow[];
  readonly refs?: readonly string[];
  /** False for a server that answers 204 to every order. */
  readonly givesRunDetails?: boolean;
  /** True for a search whose index is behind. Default: it knows every issue at once. */
  readonly searchLags?: boolean;
  /** Calls that a token may make in an hour. Default 5000. */
  readonly perHour?: number;
  /** The run-name that the workflow declares. Default: its file and all its inputs. */
  readonly titleOf?: (order: RunOrder) => string;
  /** What the pipeline says about any commit that nothing else is said of. Default: nothing. */
  readonly usualSigns?: readonly CommitSign[];
  /** What the workflow really does; a rejection counts as failure. Default: it succeeds. */
  readonly onDispatch?: (order: RunOrder) => Promise<Conclusion>;
}

/** A run as tests and the sandbox ask for it. */
export interface SeenRun extends RunOrder {
  readonly id: string;
  readonly title: string;
  readonly status: RunStatus;
  readonly conclusion: Run['conclusion'];
}

export interface GithubStandIn extends StandIn {
  /** Newest first. */
  runs(): readonly SeenRun[];
  /** The next run does not simply end. */
  nextRun(fate: RunFate): void;
  /** What a person does on GitHub's page for a run that waits; false when it waits for nobody. */
  review(id: string, isApproved: boolean): boolean;
  /** Returns the number. */
  addIssue(
    title: string,
    labels: readonly string[],
    kind?: 'issue' | 'pull-request',
    milestone?: string,
  ): number;
  closeIssue(number: number): void;
  issues(): readonly Issue[];
  /** What the pipeline says about a commit from now on; undefined: what it says about any. */
  sign(commit: string, signs: readonly CommitSign[] | undefined): void;
  /** Every call is refused for so many seconds. */
  exhaustRate(seconds: number): void;
}

const sayOrder = ({ workflow, inputs }: RunOrder): string => [workflow, ...Object.values(inputs)].join(' · ');

function makeRepository(options: GithubOptions): Repository {
  return {
    name: options.repository,
    rights: new Map<string, Right>([...Object.entries(options.others ?? {}), [options.token, 'write']]),
    workflows: options.workflows ?? [{ file: 'publish.yml' }],
    refs: options.refs,
    givesRunDetails: options.givesRunDetails ?? true,
    issues: [],
    searchLags: options.searchLags ?? false,
    signs: new Map(),
    usualSigns: options.usualSigns ?? [],
    rate: new Rate(options.perHour ?? 5000, () => Date.now()),
    runs: new WorkflowRuns({
      elapsed: options.elapsed ?? (() => Date.now()),
      speed: options.speed ?? 1,
      titleOf: options.titleOf ?? sayOrder,
      onDispatch: options.onDispatch ?? (async () => 'success'),
    }),
  };
}

const seeRun = ({ runs }: Repository, run: Run): SeenRun => {
  const status = runs.statusOf(run);
  const conclusion = status === 'completed' ? run.conclusion : undefined;
  return { ...run.order, id: String(run.id), title: run.title, status, conclusion };
};

function changeIssues({ issues }: Repository): Pick<GithubStandIn, 'addIssue' | 'closeIssue' | 'issues'> {
  return {
    issues: () => [...issues],
    addIssue: (title, labels, kind = 'issue', milestone) => {
      const number = issues.length + 1;
      const isPullRequest = kind === 'pull-request';
      const planned = milestone === undefined ? {} : { milestone };
      issues.push({ number, title, labels, isPullRequest, state: 'open', ...planned });
      return number;
    },
    closeIssue: (number) => {
      const index = issues.findIndex((issue) => issue.number === number);
      const issue: Issue | undefined = issues[index];
      if (issue !== undefined) issues[index] = { ...issue, state: 'closed' };
    },
  };
}

/** Starts the stand-in of GitHub with one repository. `url` is what `services.github.apiUrl` must be. */
export async function startGithub(options: GithubOptions): Promise<GithubStandIn> {
  const repository = makeRepository(options);
  const { runs } = repository;
  const server = await startStandIn(githubRoutes(repository), {
    ...(options.port === undefined ? {} : { port: options.port }),
    missing: () => withHeaders(repository, notFound()),
  });
  return {
    ...server,
    ...changeIssues(repository),
    sign: (commit, signs) => {
      if (signs === undefined) repository.signs.delete(commit);
      else repository.signs.set(commit, signs);
    },
    runs: () => runs.all().map((run) => seeRun(repository, run)),
    nextRun: (fate) => runs.foretell(fate),
    review: (id, isApproved) => {
      const run = runs.find(Number(id));
      return run !== undefined && runs.review(run, isApproved);
    },
    exhaustRate: (seconds) => repository.rate.exhaust(seconds),
    close: async () => {
      await server.close();
      await runs.quiet();
    },
  };
}
