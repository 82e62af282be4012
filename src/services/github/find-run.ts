import type { AskGithub } from './client.ts';
import type { WorkflowRun } from './port.ts';
import { runsAnswer, type TheirRun, toRun } from './shapes.ts';

/** Newest first, so that the run of this release is among the first hundreds. */
const PAGE = 100;
const MOST_PAGES = 3;

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True when the marker stands in one of the run's names as a whole, for `r-1` is no sign of `r-12`. */
const isMarked = ({ name, display_title }: TheirRun, marker: string): boolean => {
  const whole = new RegExp(`(?<![\\w-])${escapeForPattern(marker)}(?![\\w-])`);
  return whole.test(display_title ?? '') || whole.test(name ?? '');
};

/** The newest dispatched run of the workflow that carries the marker; undefined when none of the last 300 does. */
export async function findRun(
  ask: AskGithub,
  workflow: string,
  marker: string,
): Promise<WorkflowRun | undefined> {
  const where = `/actions/workflows/${encodeURIComponent(workflow)}/runs?event=workflow_dispatch&per_page=${PAGE}`;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { answer, hasMore } = await ask({
      doing: `list the runs of ${workflow}`,
      effect: 'read',
      path: `${where}&page=${page}`,
      shape: runsAnswer,
    });
    const hit = answer.workflow_runs.find((run) => isMarked(run, marker));
    if (hit !== undefined) return toRun(hit);
    if (!hasMore) return undefined;
  }
  return undefined;
}
