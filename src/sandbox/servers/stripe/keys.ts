import type { Answer, Call } from '../router.ts';
import type { Account, Resource, StripeKey } from './account.ts';
import { refuse } from './answers.ts';

/** Stripe repeats a key in its errors, with all but the ends masked. */
const maskKey = (key: string): string => `${key.slice(0, 8)}${'*'.repeat(10)}${key.slice(-4)}`;

/** Whose key a call carries; an answer when Stripe would not let it in. */
export function findKey({ keys }: Account, { headers }: Call): StripeKey | Answer {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) return refuse(401, 'You did not provide an API key.');
  const found = keys.find(({ key }) => key === given);
  if (found === undefined) return refuse(401, `Invalid API Key provided: ${maskKey(given)}`);
  if (found.isRevoked)
    return refuse(401, `Expired API Key provided: ${maskKey(given)}`, { code: 'api_key_expired' });
  return found;
}

/** 403 for a restricted key without the right; undefined when it may. */
export function refuseRight(key: StripeKey, method: string, resource: Resource): Answer | undefined {
  if (key.rights === undefined) return undefined;
  const held = key.rights[resource];
  if (held === 'write' || (held === 'read' && method === 'GET')) return undefined;
  const right = `rak_${resource}_${method === 'GET' ? 'read' : 'write'}`;
  const message = `The provided key '${maskKey(key.key)}' does not have the required permissions. Having the '${right}' permission would allow this request to continue.`;
  return refuse(403, message, { code: 'more_permissions_required' });
}
