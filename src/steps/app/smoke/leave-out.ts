import { doesWrite } from '../../../domain/smoke/sample.ts';
import type { Environment } from '../../../kit.ts';
import type { Call } from './call.ts';

/** What whoever orders a smoke test leaves out. */
export interface Choice {
  readonly readOnly?: boolean;
  readonly only?: (id: string) => boolean;
}

/** Why a call is left out; each is shown, none counts as passed. */
export function whyLeftOut(call: Call, { smoke, stripe }: Environment, choice: Choice): string | undefined {
  if (choice.only && !choice.only(call.id)) return 'not asked for';
  if (choice.readOnly && doesWrite(call)) return 'read only';
  if ((call.needs === 'stripe' || call.signed) && !stripe?.webhookSecret)
    return 'Stripe is not configured here';
  if (call.needs === 'checkout-price' && !smoke?.checkoutPrice)
    return 'no checkout price is configured: not proven';
  if (call.needs === 'admin-token' && !smoke?.adminToken) return 'no admin token is configured: not proven';
  return undefined;
}
