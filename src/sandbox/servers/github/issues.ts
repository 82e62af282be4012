import type { Answer, Call } from '../router.ts';
import { page } from './answers.ts';
import type { Issue, Repository } from './repository.ts';

const hasLabels = ({ labels }: Issue, wanted: readonly string[]): boolean =>
  wanted.every((one) => labels.some((label) => label.toLowerCase() === one.toLowerCase()));

/** `GET …/issues`: labels are joined by AND, and pull requests are issues too. */
export function listIssues({ issues, name }: Repository, call: Call): Answer {
  const wanted = (call.query.get('labels') ?? '').split(',').filter(Boolean);
  const state = call.query.get('state') ?? 'open';
  const found = issues
    .filter((issue) => (state === 'all' || issue.state === state) && hasLabels(issue, wanted))
    .reverse();
  const base = `http://${call.headers.host ?? 'github'}`;
  const { items, headers } = page(found, call.query, `${base}${call.path}`);
  const said = items.map(({ number, title, labels, isPullRequest, milestone }) => ({
    number,
    title,
    state: 'open',
    labels: labels.map((label) => ({ name: label })),
    milestone: milestone === undefined ? null : { number: 1, title: milestone },
    html_url: `${base}/${name}/issues/${number}`,
    ...(isPullRequest ? { pull_request: { url: `${base}/repos/${name}/pulls/${number}` } } : {}),
  }));
  return { status: 200, json: said, headers };
}

/** Those that a repository of ours is made with. */
const LABELS = ['P0', 'P1', 'P2', 'P3'];

/** `GET …/labels`. */
export function listLabels({ issues }: Repository, { query, headers, path }: Call): Answer {
  const names = [...new Set([...LABELS, ...issues.flatMap(({ labels }) => labels)])];
  const { items, headers: more } = page(names, query, `http://${headers.host ?? 'github'}${path}`);
  return { status: 200, json: items.map((name) => ({ name })), headers: more };
}
