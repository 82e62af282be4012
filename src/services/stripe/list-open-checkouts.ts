import { ReleaseError } from '../../domain/failure.ts';
import type { StripeCaller, StripeRoom } from './client.ts';
import { isOwn } from './own-session.ts';
import type { OpenCheckouts } from './port.ts';
import { sessionsShape } from './shapes.ts';

const PAGE = 100;
/** A thousand customers at the till within the minutes of one smoke test are more than anybody should page through. */
const MOST_PAGES = 10;

const tooMany = (): ReleaseError =>
  new ReleaseError('E_STRIPE_REFUSED', {
    what: `More than ${PAGE * MOST_PAGES} checkout sessions are open; not all of them were looked at.`,
    next: 'Look for the sessions of the smoke user in the dashboard and expire them there.',
    state: 'untouched',
  });

/** Ids of open sessions of one reference and of this site. Nothing else of a session is kept: it may be a customer's (E-58, E-73). */
export async function listOpenCheckouts(
  { ask }: StripeCaller,
  room: StripeRoom,
  { reference, since }: OpenCheckouts,
): Promise<readonly string[]> {
  const found: string[] = [];
  let last: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(room, {
      doing: 'list the open checkout sessions',
      effect: 'read',
      shape: sessionsShape,
      send: (stripe) =>
        stripe.checkout.sessions.list({
          limit: PAGE,
          status: 'open',
          created: { gte: Math.floor(since.getTime() / 1000) },
          ...(last === undefined ? {} : { starting_after: last }),
        }),
    });
    const ours = answer.data.filter((one) => one.client_reference_id === reference && isOwn(one, room));
    found.push(...ours.map(({ id }) => id));
    last = answer.data.at(-1)?.id;
    if (!answer.has_more || last === undefined) return found;
  }
  throw tooMany();
}
