import type { Answer } from '../router.ts';
import { type Account, API_VERSION, type Endpoint } from './account.ts';
import { noSuch, readAll, readForm } from './answers.ts';
import { answerList } from './list.ts';
import type { StripeCall } from './routes.ts';

/** An endpoint as the API shows it; its secret is told once, when it is made. */
const sayEndpoint = ({ id, created, livemode, url, events, isEnabled }: Endpoint) => ({
  id,
  object: 'webhook_endpoint',
  created,
  livemode,
  url,
  status: isEnabled ? 'enabled' : 'disabled',
  enabled_events: events,
  api_version: API_VERSION,
});

export const listEndpoints = ({ endpoints }: Account, call: StripeCall): Answer =>
  answerList(endpoints.filter(({ livemode }) => livemode === call.key.livemode).map(sayEndpoint), call);

const findEndpoint = ({ endpoints }: Account, { params, key }: StripeCall): Endpoint | undefined =>
  endpoints.find(({ id, livemode }) => id === params.id && livemode === key.livemode);

export function showEndpoint(account: Account, call: StripeCall): Answer {
  const found = findEndpoint(account, call);
  return found ? { status: 200, json: sayEndpoint(found) } : noSuch('webhook endpoint', call.params.id ?? '');
}

export function changeEndpoint(account: Account, call: StripeCall): Answer {
  const found = findEndpoint(account, call);
  if (found === undefined) return noSuch('webhook endpoint', call.params.id ?? '');
  const form = readForm(call.body);
  const disabled = form.get('disabled');
  const events = readAll(form, 'enabled_events');
  if (disabled !== null) found.isEnabled = disabled !== 'true';
  if (events.length > 0) found.events = events;
  found.url = form.get('url') ?? found.url;
  return { status: 200, json: sayEndpoint(found) };
}
