import type { Answer } from '../router.ts';
import { type Account, type StripeEvent, secondsOf } from './account.ts';
import { noSuch, readAll, refuse } from './answers.ts';
import { answerList } from './list.ts';
import type { StripeCall } from './routes.ts';

const MOST_TYPES = 20;
/** Stripe shows events for this long, in seconds. */
const SHOWN_FOR = 30 * 86_400;

/** `charge.*` stands for every type that begins so. */
export const isOfType = (type: string, wanted: string): boolean =>
  wanted === '*' || wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)));

function isAskedFor({ type, pending_webhooks: pending }: StripeEvent, query: URLSearchParams): boolean {
  const wanted = [...readAll(query, 'types'), ...query.getAll('type')];
  const delivered = query.get('delivery_success');
  const isType = wanted.length === 0 || wanted.some((one) => isOfType(type, one));
  return isType && (delivered === null || (pending === 0) === (delivered === 'true'));
}

/** `delivery_success=false` holds events that are still under way as well as those that failed. */
export function listEvents({ events, now }: Account, call: StripeCall): Answer {
  const types = readAll(call.query, 'types').length;
  if (types > MOST_TYPES) return refuse(400, `types may have ${MOST_TYPES} entries`, { param: 'types' });
  if (types > 0 && call.query.has('type')) return refuse(400, 'type and types exclude each other');
  const oldest = secondsOf(now()) - SHOWN_FOR;
  const shown = events.filter(({ livemode, created }) => livemode === call.key.livemode && created >= oldest);
  return answerList(
    shown.filter((event) => isAskedFor(event, call.query)),
    call,
  );
}

export function showEvent({ events }: Account, { params, key }: StripeCall): Answer {
  const found = events.find(({ id, livemode }) => id === params.id && livemode === key.livemode);
  return found ? { status: 200, json: found } : noSuch('event', params.id ?? '');
}
