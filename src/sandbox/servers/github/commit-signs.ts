import type { Answer, Call } from '../router.ts';
import { page, refuse } from './answers.ts';
import type { CommitSign, Repository } from './repository.ts';

const SHA = /^[0-9a-f]{40}$/;

const noCommit = (commit: string): Answer => refuse(422, `No commit found for SHA: ${commit}`);

const signsOf = ({ signs, usualSigns }: Repository, commit: string): readonly CommitSign[] =>
  signs.get(commit) ?? usualSigns;

/** `GET …/commits/:commit/check-runs`. */
export function listCheckRuns(repository: Repository, { params, query, headers, path }: Call): Answer {
  const commit = params.commit ?? '';
  if (!SHA.test(commit)) return noCommit(commit);
  const runs = signsOf(repository, commit).filter((sign) => sign.kind === 'check-run');
  const { items, headers: more } = page(runs, query, `http://${headers.host ?? 'github'}${path}`);
  const said = items.map(({ name, status, conclusion }, i) => ({
    id: 7000 + i,
    head_sha: commit,
    name,
    status,
    conclusion: conclusion ?? null,
  }));
  return { status: 200, json: { total_count: runs.length, check_runs: said }, headers: more };
}

/** The worst of all states, as GitHub joins them: without any it says pending. */
function joinStates(states: readonly string[]): string {
  if (states.some((state) => state === 'failure' || state === 'error')) return 'failure';
  return states.length === 0 || states.includes('pending') ? 'pending' : 'success';
}

/** `GET …/commits/:commit/status`. */
export function showStatus(repository: Repository, { params, query, headers, path }: Call): Answer {
  const commit = params.commit ?? '';
  if (!SHA.test(commit)) return noCommit(commit);
  const all = signsOf(repository, commit).filter((sign) => sign.kind === 'status');
  const { items, headers: more } = page(all, query, `http://${headers.host ?? 'github'}${path}`);
  const statuses = items.map(({ name, state }) => ({ context: name, state }));
  const state = joinStates(all.map((one) => one.state));
  return { status: 200, json: { state, sha: commit, total_count: all.length, statuses }, headers: more };
}
