import { requireUser } from '../access/require.ts';
import type { App } from '../app.ts';
import { type AppHandler, type AppRequest, ok } from '../http/exchange.ts';
import { Problem } from '../http/problem.ts';
import { readObject } from '../http/read-body.ts';

const TIMEOUT_MS = 5_000;

/** Where the customer comes back to: the host that was asked, also behind the platform's edge. */
const siteOf = ({ headers }: AppRequest): string =>
  `http://${headers['x-forwarded-host'] ?? headers.host ?? 'rur2.example'}`;

const makeForm = (price: string, user: number, site: string): URLSearchParams =>
  new URLSearchParams({
    mode: 'subscription',
    'line_items[0][price]': price,
    'line_items[0][quantity]': '1',
    client_reference_id: String(user),
    success_url: `${site}/billing/done`,
    cancel_url: `${site}/billing`,
  });

/** The session Stripe made. Whatever else Stripe answers is 502 without its words: they may name the key. */
async function openSession({ settings }: App, form: URLSearchParams): Promise<{ id: string; url: string }> {
  const { apiUrl, secretKey } = settings.stripe;
  const failed = (code: string): Problem => new Problem(502, `payment provider: ${code}`);
  const answer = await fetch(new URL('/v1/checkout/sessions', apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}` },
    body: form,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw failed('no answer');
  });
  const { id, url } = ((await answer.json().catch(() => null)) ?? {}) as { id?: unknown; url?: unknown };
  if (!answer.ok || typeof id !== 'string' || typeof url !== 'string') throw failed(`HTTP ${answer.status}`);
  return { id, url };
}

/** A checkout session for the user; nothing is paid yet (SMK-09F). */
export const createCheckout: AppHandler = async (app, request) => {
  const user = requireUser(app, request);
  const { priceId } = readObject(request.body);
  if (typeof priceId !== 'string' || !/^[\w-]{1,200}$/.test(priceId))
    throw new Problem(400, 'priceId must be the id of a price');
  const { id, url } = await openSession(app, makeForm(priceId, user, siteOf(request)));
  return ok({ sessionId: id, url });
};
