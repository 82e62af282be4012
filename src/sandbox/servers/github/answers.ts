import type { Answer } from '../router.ts';
import type { Repository } from './repository.ts';
import type { Run } from './workflow-runs.ts';

const DOCS = 'https://docs.github.com/rest';

/** A refusal in GitHub's shape. */
export const refuse = (status: number, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  json: { message, documentation_url: DOCS, status: String(status) },
  headers,
});

export const notFound = (): Answer => refuse(404, 'Not Found');

/** A run as `GET …/actions/runs/:run` shows it. */
export function sayRun({ name, runs }: Repository, run: Run, base: string): object {
  const status = runs.statusOf(run);
  const { workflow, ref } = run.order;
  return {
    id: run.id,
    name: workflow.replace(/\.ya?ml$/, ''),
    display_title: run.title,
    head_branch: ref,
    path: `.github/workflows/${workflow}`,
    event: 'workflow_dispatch',
    status,
    conclusion: status === 'completed' ? (run.conclusion ?? null) : null,
    created_at: run.createdAt.toISOString(),
    url: `${base}/repos/${name}/actions/runs/${run.id}`,
    html_url: `${base}/${name}/actions/runs/${run.id}`,
  };
}

/** One page of a list, with GitHub's Link header. */
export function page<T>(all: readonly T[], query: URLSearchParams, path: string) {
  const size = Math.min(Math.max(Number(query.get('per_page') ?? 30), 1), 100);
  const number = Math.max(Number(query.get('page') ?? 1), 1);
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  const hasNext = number * size < all.length;
  return {
    items: all.slice((number - 1) * size, number * size),
    headers: hasNext ? { link: `<${path}?${next}>; rel="next"` } : {},
  };
}

/** The JSON body of a call; undefined when it is none. */
export function readJson(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
