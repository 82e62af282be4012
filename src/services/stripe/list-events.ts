import type * as z from 'zod';
import { hours } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { StripeCaller, StripeRoom } from './client.ts';
import { listEndpoints } from './list-endpoints.ts';
import type { GapEvent } from './port.ts';
import { wholeEventsShape } from './shapes.ts';

const PAGE = 100;
/** Nobody replays more than ten thousand events one by one. */
const MOST_PAGES = 100;
/** Stripe shows no older ones. */
const SHOWN_MS = hours(30 * 24);

export interface EventsWish {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  /** Address of the environment: what no endpoint there wants is not for it. */
  readonly url: string;
  /** Id of its endpoint, where the configuration names it. */
  readonly endpoint?: string | undefined;
}

const tooOld = (from: Date): ReleaseError =>
  new ReleaseError('E_EVENTS_GONE', {
    what: `Stripe shows events of the last 30 days only, and the gap began at ${from.toISOString()}.`,
    why: 'What came before cannot be listed any more, so that a replay would leave some out without a word.',
    next: 'Look the payments of that time up in the Stripe dashboard, and enter them by hand.',
    state: 'untouched',
  });

const noEndpoint = (host: string): ReleaseError =>
  new ReleaseError('E_NO_ENDPOINT', {
    what: `Stripe has no webhook endpoint at ${host}.`,
    why: 'An endpoint says which events the application wants; without one nobody knows.',
    next: 'Look at the webhooks in the Stripe dashboard, and at the url of the environment.',
    state: 'untouched',
  });

const tooMany = (): ReleaseError =>
  new ReleaseError('E_EVENTS_MANY', {
    what: `More than ${MOST_PAGES * PAGE} events lie in the gap.`,
    next: 'Enter them from a report of the Stripe dashboard; one after the other would take too long.',
    state: 'untouched',
  });

/** True when one of the wanted types, like `charge.*` or `*`, stands for this one. */
const isWanted = (type: string, wanted: readonly string[]): boolean =>
  wanted.some(
    (one) => one === '*' || one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))),
  );

/** Types that endpoints at the address want; also of disabled ones: their events were never sent (E-83). */
async function findWanted(
  caller: StripeCaller,
  room: StripeRoom,
  { url, endpoint }: EventsWish,
): Promise<readonly string[]> {
  const { host } = new URL(url);
  const all = await listEndpoints(caller, room);
  const ours = all.filter((one) =>
    endpoint === undefined ? URL.canParse(one.url) && new URL(one.url).host === host : one.id === endpoint,
  );
  if (ours.length === 0) throw noEndpoint(host);
  return ours.flatMap(({ events }) => events);
}

async function listAll({ ask }: StripeCaller, room: StripeRoom, { from, to }: EventsWish) {
  const created = { gte: Math.floor(from.getTime() / 1000), lte: Math.ceil(to.getTime() / 1000) };
  const found: z.infer<typeof wholeEventsShape>['data'] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const last: string | undefined = found.at(-1)?.id;
    const after = last === undefined ? {} : { starting_after: last };
    const answer = await ask(room, {
      doing: 'list the events of the gap',
      effect: 'read',
      shape: wholeEventsShape,
      send: (stripe) => stripe.events.list({ limit: PAGE, created, ...after }),
    });
    found.push(...answer.data);
    if (!answer.has_more) return found;
  }
  throw tooMany();
}

/**
 * Events that the environment's endpoints want, oldest first. They are passed on as they are; nothing of them is read
 * but id, type and time (E-58). Throws E_EVENTS_GONE, E_EVENTS_MANY, E_NO_ENDPOINT.
 */
export async function listEvents(
  caller: StripeCaller,
  room: StripeRoom,
  wish: EventsWish,
): Promise<readonly GapEvent[]> {
  if (wish.now.getTime() - wish.from.getTime() > SHOWN_MS) throw tooOld(wish.from);
  const wanted = await findWanted(caller, room, wish);
  const newestFirst = await listAll(caller, room, wish);
  return newestFirst
    .filter(({ type }) => isWanted(type, wanted))
    .reverse()
    .map((event) => ({
      id: event.id,
      type: event.type,
      createdAt: new Date(event.created * 1000).toISOString(),
      body: JSON.stringify(event),
    }));
}
