import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AskGithub } from './client.ts';
import type { GithubPort, Ticket, TicketOrder } from './port.ts';
import { searchAnswer, type TheirTicket, ticketAnswer, ticketsAnswer } from './shapes.ts';

type Opened = Awaited<ReturnType<GithubPort['openTicket']>>;

const doing = 'look for an open ticket';
const NEWEST = '/issues?state=open&sort=created&direction=desc&per_page=100';

const toTicket = ({ number, html_url }: TheirTicket): Ticket => ({ number, url: oneLine(html_url, 300) });

const halfSearched = (): ReleaseError =>
  new ReleaseError('E_GITHUB_REFUSED', {
    what: 'GitHub gave up its search, so that nobody knows whether there is a ticket already.',
    next: 'Ask again in a minute.',
    state: 'untouched',
  });

/** Whoever wrote about a ticket can have written its marker too: only the whole marker in an issue's own text counts. */
const pick = (found: readonly TheirTicket[], marker: string): Ticket | undefined => {
  const ours = found.find(
    ({ body, pull_request }) => body?.includes(marker) === true && (pull_request ?? undefined) === undefined,
  );
  return ours && toTicket(ours);
};

/** GitHub's index learns of an issue some time after it was opened, so that the newest ones are read one by one. */
async function findTicket(
  ask: AskGithub,
  { runbook }: Surroundings,
  marker: string,
): Promise<Ticket | undefined> {
  const newest = await ask({ doing, effect: 'read', path: NEWEST, shape: ticketsAnswer });
  const found = pick(newest.answer, marker);
  if (found !== undefined || !newest.hasMore) return found;
  const words = `repo:${runbook.services.github?.repository} is:issue is:open in:body "${marker}"`;
  const path = `/search/issues?per_page=100&q=${encodeURIComponent(words)}`;
  const { answer } = await ask({ doing, effect: 'read', path, isGlobal: true, shape: searchAnswer });
  const searched = pick(answer.items, marker);
  if (searched === undefined && answer.incomplete_results) throw halfSearched();
  return searched;
}

async function order(ask: AskGithub, { title, body }: TicketOrder): Promise<Ticket> {
  const { answer } = await ask({
    doing: 'open a ticket',
    effect: 'write',
    path: '/issues',
    json: { title, body },
    shape: ticketAnswer,
  });
  return toTicket(answer);
}

/** Opens a ticket once: the one that carries the marker already, or a new one. Throws the E_GITHUB_… codes. */
export async function openTicket(
  ask: AskGithub,
  surroundings: Surroundings,
  wanted: TicketOrder,
): Promise<Opened> {
  const before = await findTicket(ask, surroundings, wanted.marker);
  if (before !== undefined) return { ticket: before, isNew: false };
  try {
    return { ticket: await order(ask, wanted), isNew: true };
  } catch (error) {
    if (!isReleaseError(error) || error.text.state !== 'unclear') throw error;
    const landed = await findTicket(ask, surroundings, wanted.marker).catch(() => undefined);
    if (landed === undefined) throw error;
    return { ticket: landed, isNew: true };
  }
}
