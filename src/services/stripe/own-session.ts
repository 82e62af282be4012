import { ReleaseError } from '../../domain/failure.ts';
import type { StripeRoom } from './client.ts';

/** Where a session sends its customer afterwards. */
interface Sent {
  readonly success_url?: string | null | undefined;
  readonly return_url?: string | null | undefined;
}

/** Host and port of an address; undefined for what is none, or has a placeholder where its host should be. */
function hostOf(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  return new URL(address).host.toLowerCase() || undefined;
}

/** True for a session that sends its customer back to the environment. Where it says nothing, nobody knows whose it is. */
export const isOwn = ({ success_url, return_url }: Sent, { hosts }: Pick<StripeRoom, 'hosts'>): boolean => {
  const host = hostOf(success_url) ?? hostOf(return_url);
  return host !== undefined && hosts.includes(host);
};

/** One account of Stripe may serve several sites, and a customer of another one may be about to pay. */
export function refuseForeign(session: string, sent: Sent, { env, hosts }: StripeRoom): void {
  if (isOwn(sent, { hosts })) return;
  const host = hostOf(sent.success_url) ?? hostOf(sent.return_url);
  throw new ReleaseError('E_CHECKOUT_FOREIGN', {
    what: `The checkout session ${session} is not of ${env}, and was left alone.`,
    why: `It sends its customer to ${host ?? 'no address'}, not to ${hosts.join(' or ')}.`,
    next: `If that is the application itself, name its host as environments.${env}.stripe.checkoutHost.`,
    state: 'untouched',
  });
}
