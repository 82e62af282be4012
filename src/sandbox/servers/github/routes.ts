import { randomUUID } from 'node:crypto';
import { type Answer, type Call, route } from '../router.ts';
import { notFound, refuse } from './answers.ts';
import { listCheckRuns, showStatus } from './commit-signs.ts';
import { listIssues, listLabels, openIssue, searchIssues } from './issues.ts';
import type { Repository } from './repository.ts';
import { listPending, listRuns, reviewPending, showRun, startWorkflow } from './workflows.ts';

const HOME = '/repos/:owner/:repo';
/** The one question that costs no call, and that every token may ask. */
const LIMITS = 'GET /rate_limit';

type RepositoryHandler = (repository: Repository, call: Call) => Answer;

const HANDLERS: Readonly<Record<string, RepositoryHandler>> = {
  [`POST ${HOME}/actions/workflows/:workflow/dispatches`]: startWorkflow,
  [`GET ${HOME}/actions/workflows/:workflow/runs`]: listRuns,
  [`GET ${HOME}/actions/runs/:run`]: showRun,
  [`GET ${HOME}/actions/runs/:run/pending_deployments`]: listPending,
  [`POST ${HOME}/actions/runs/:run/pending_deployments`]: reviewPending,
  [`GET ${HOME}/issues`]: listIssues,
  [`POST ${HOME}/issues`]: openIssue,
  'GET /search/issues': searchIssues,
  [LIMITS]: ({ rate }) => ({ status: 200, json: { resources: { core: rate.tell() } } }),
  [`GET ${HOME}/labels`]: listLabels,
  [`GET ${HOME}/commits/:commit/check-runs`]: listCheckRuns,
  [`GET ${HOME}/commits/:commit/status`]: showStatus,
};

/** Keys, rights and limits, in GitHub's order: a stranger learns nothing, not even that there is a repository. */
function refuseCall(
  { name, rights, rate }: Repository,
  { method, path, params, headers }: Call,
): Answer | undefined {
  const token = headers.authorization?.replace(/^(Bearer|token) /i, '');
  const right = token === undefined ? 'none' : rights.get(token);
  if (right === undefined) return refuse(401, 'Bad credentials');
  if (`${method} ${path}` === LIMITS) return undefined;
  if (!rate.take()) return refuse(403, 'API rate limit exceeded for this token.', rate.headers());
  // A search names its repository in the question.
  if (params.owner === undefined) return right === 'none' ? refuse(422, 'Validation Failed') : undefined;
  const isOurs = `${params.owner}/${params.repo}`.toLowerCase() === name.toLowerCase();
  if (!isOurs || right === 'none') return notFound();
  if (method === 'GET' || right === 'write') return undefined;
  return refuse(403, 'Resource not accessible by personal access token');
}

/** Every answer of GitHub says how much is left and carries an id that its support can find. */
export function withHeaders({ rate }: Repository, answer: Answer): Answer {
  if (typeof answer === 'string') return answer;
  const id = randomUUID().toUpperCase();
  return { ...answer, headers: { ...answer.headers, ...rate.headers(), 'x-github-request-id': id } };
}

/** GitHub's paths for one repository. */
export const githubRoutes = (repository: Repository) =>
  Object.entries(HANDLERS).map(([where, handler]) =>
    route(where, (call) =>
      withHeaders(repository, refuseCall(repository, call) ?? handler(repository, call)),
    ),
  );
