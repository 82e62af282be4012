import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header of a body: HMAC-SHA256 over `<seconds>.<body>`. The SDK has the same,
 * but loading it would take longer than the delivery, and this is needed without waiting.
 */
export function signPayload(body: string, secret: string, at: Date): string {
  const time = Math.floor(at.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${time}.${body}`, 'utf8').digest('hex');
  return `t=${time},v1=${digest}`;
}
