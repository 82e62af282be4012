import type { Answer, Call } from '../router.ts';
import { page, readJson, refuse } from './answers.ts';
import type { Issue, Repository } from './repository.ts';

const hasLabels = ({ labels }: Issue, wanted: readonly string[]): boolean =>
  wanted.every((one) => labels.some((label) => label.toLowerCase() === one.toLowerCase()));

const baseOf = ({ headers }: Call): string => `http://${headers.host ?? 'github'}`;

const sayIssue = (name: string, issue: Issue, base: string): object => ({
  number: issue.number,
  title: issue.title,
  body: issue.body ?? null,
  state: issue.state,
  labels: issue.labels.map((label) => ({ name: label })),
  milestone: issue.milestone === undefined ? null : { number: 1, title: issue.milestone },
  html_url: `${base}/${name}/issues/${issue.number}`,
  ...(issue.isPullRequest ? { pull_request: { url: `${base}/repos/${name}/pulls/${issue.number}` } } : {}),
});

/** `GET …/issues`: labels are joined by AND, and pull requests are issues too. */
export function listIssues({ issues, name }: Repository, call: Call): Answer {
  const wanted = (call.query.get('labels') ?? '').split(',').filter(Boolean);
  const state = call.query.get('state') ?? 'open';
  const found = issues
    .filter((issue) => (state === 'all' || issue.state === state) && hasLabels(issue, wanted))
    .reverse();
  const { items, headers } = page(found, call.query, `${baseOf(call)}${call.path}`);
  return { status: 200, json: items.map((issue) => sayIssue(name, issue, baseOf(call))), headers };
}

/** `POST …/issues`. */
export function openIssue({ issues, name }: Repository, call: Call): Answer {
  const { title, body, labels } = readJson(call.body) ?? {};
  if (typeof title !== 'string' || title === '') return refuse(422, 'Validation Failed');
  const named = Array.isArray(labels) ? labels.map(String) : [];
  const text = typeof body === 'string' ? { body } : {};
  const issue: Issue = {
    number: issues.length + 1,
    title,
    labels: named,
    isPullRequest: false,
    state: 'open',
    ...text,
  };
  issues.push(issue);
  return { status: 201, json: sayIssue(name, issue, baseOf(call)) };
}

/** `GET /search/issues`: a quoted text in bodies, of one repository. */
export function searchIssues({ issues, name, searchLags }: Repository, call: Call): Answer {
  const words = call.query.get('q') ?? '';
  const [, repository = ''] = /\brepo:(\S+)/.exec(words) ?? [];
  if (repository.toLowerCase() !== name.toLowerCase()) return refuse(422, 'Validation Failed');
  const [, text = ''] = /"([^"]*)"/.exec(words) ?? [];
  const isOpen = /\bis:open\b/.test(words);
  const found = issues.filter(
    ({ body, state }) => !searchLags && body?.includes(text) === true && (!isOpen || state === 'open'),
  );
  const { items, headers } = page(found, call.query, `${baseOf(call)}${call.path}`);
  const said = items.map((issue) => sayIssue(name, issue, baseOf(call)));
  return {
    status: 200,
    json: { total_count: found.length, incomplete_results: false, items: said },
    headers,
  };
}

/** Those that a repository of ours is made with. */
const LABELS = ['P0', 'P1', 'P2', 'P3'];

/** `GET …/labels`. */
export function listLabels({ issues }: Repository, { query, headers, path }: Call): Answer {
  const names = [...new Set([...LABELS, ...issues.flatMap(({ labels }) => labels)])];
  const { items, headers: more } = page(names, query, `http://${headers.host ?? 'github'}${path}`);
  return { status: 200, json: items.map((name) => ({ name })), headers: more };
}
