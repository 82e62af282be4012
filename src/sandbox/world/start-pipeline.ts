import { runGit } from '../seed/git/run-git.ts';
import type { CommitSign } from '../servers/github/repository.ts';
import type { GithubStandIn } from '../servers/github/start.ts';
import { type ReportFate, writeReports } from './reports/write-reports.ts';

/** Says of every commit that it is good, as a pipeline without a fault would. */
export const GOOD_SIGNS: readonly CommitSign[] = [
  { kind: 'check-run', name: 'build', status: 'completed', conclusion: 'success' },
  { kind: 'check-run', name: 'e2e', status: 'completed', conclusion: 'success' },
  { kind: 'status', name: 'security/scan', state: 'success' },
];

const BAD_SIGNS: readonly CommitSign[] = [
  ...GOOD_SIGNS.slice(1),
  { kind: 'check-run', name: 'build', status: 'completed', conclusion: 'failure' },
];

/** What the pipeline and the tracker know about one release, and how they change. */
export interface Pipeline {
  /** The reports of a release's branch as it stands in the origin. */
  report(version: string): Promise<void>;
  /** The same for the candidate, with another outcome. */
  change(fate: ReportFate): Promise<void>;
  fail(isFailing: boolean): Promise<void>;
  openBug(): void;
  closeBug(): void;
}

interface Place {
  readonly folder: string;
  readonly origin: string;
  readonly github: GithubStandIn;
  /** Version of the candidate, with its `v`. */
  readonly candidate: string;
}

/** Tip of a release's branch, and a moment after it: reports are never older than what they are about. */
async function readTip(origin: string, version: string): Promise<{ commit: string; at: Date }> {
  const shown = await runGit(origin, ['show', '-s', '--format=%H %ct', `release/${version}`]);
  const [commit = '', seconds = '0'] = shown.trim().split(' ');
  return { commit, at: new Date(Math.max(Date.now(), (Number(seconds) + 60) * 1000)) };
}

/** Runs the pipeline of the sandbox: reports beside the configuration, signs and issues at GitHub. */
export function startPipeline({ folder, origin, github, candidate }: Place): Pipeline {
  let bug: number | undefined;
  let fate: ReportFate = {};
  const report = async (version: string, outcome: ReportFate = {}): Promise<void> =>
    writeReports(folder, { version, ...(await readTip(origin, version)) }, outcome);
  return {
    report: (version) => report(version),
    change: (changed) => {
      fate = { ...fate, ...changed };
      return report(candidate, fate);
    },
    fail: async (isFailing) =>
      github.sign((await readTip(origin, candidate)).commit, isFailing ? BAD_SIGNS : undefined),
    openBug: () => {
      bug ??= github.addIssue('Payments by card are refused', ['P0'], 'issue', candidate);
    },
    closeBug: () => {
      if (bug !== undefined) github.closeIssue(bug);
      bug = undefined;
    },
  };
}
