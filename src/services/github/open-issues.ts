import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { AskGithub } from './client.ts';
import type { OpenIssue } from './port.ts';
import { issuesAnswer, type TheirIssue } from './shapes.ts';

const PAGE = 100;
const MOST_PAGES = 10;

const toIssue = ({ number, title, milestone }: TheirIssue): OpenIssue => ({
  number,
  title: oneLine(title, 200),
  ...(milestone ? { milestone: oneLine(milestone.title, 100) } : {}),
});

/** Every open issue with the label; pull requests, which GitHub lists too, are left out. */
export async function listOpenIssues(ask: AskGithub, label: string): Promise<readonly OpenIssue[]> {
  const where = `/issues?state=open&labels=${encodeURIComponent(label)}&per_page=${PAGE}`;
  const found: OpenIssue[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { answer, hasMore } = await ask({
      doing: `list the open issues labelled ${oneLine(label, 60)}`,
      effect: 'read',
      path: `${where}&page=${page}`,
      shape: issuesAnswer,
    });
    const issues = answer.filter((one) => one.pull_request === undefined || one.pull_request === null);
    found.push(...issues.map(toIssue));
    if (!hasMore) return found;
  }
  throw new ReleaseError('E_GITHUB_REFUSED', {
    what: `GitHub has more than ${PAGE * MOST_PAGES} open issues and pull requests labelled ${oneLine(label, 60)}.`,
    next: 'Close some, or name a narrower label.',
    state: 'untouched',
  });
}
