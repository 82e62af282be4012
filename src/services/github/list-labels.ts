import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { AskGithub } from './client.ts';
import { labelsAnswer } from './shapes.ts';

const PAGE = 100;
const MOST_PAGES = 20;

/** Names of all labels of the repository. Throws the E_GITHUB_… codes. */
export async function listLabels(ask: AskGithub): Promise<readonly string[]> {
  const found: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const path = `/labels?per_page=${PAGE}&page=${page}`;
    const call = { doing: 'list the labels', effect: 'read', path, shape: labelsAnswer } as const;
    const { answer, hasMore } = await ask(call);
    found.push(...answer.map(({ name }) => oneLine(name, 100)));
    if (!hasMore) return found;
  }
  throw new ReleaseError('E_GITHUB_REFUSED', {
    what: `GitHub has more than ${PAGE * MOST_PAGES} labels.`,
    next: 'Delete those that nobody uses.',
    state: 'untouched',
  });
}
