import { createHmac } from 'node:crypto';
import { isSameSecret } from '../access/same-secret.ts';

/** Oldest signature that is believed, in seconds: later it may be a copy that somebody kept. */
const TOLERANCE = 300;

/**
 * True when one of the header's `v1` signatures is over `<seconds>.<body>` with the endpoint's secret, and not too
 * old. One from the future is believed, as by Stripe's own libraries: clocks differ, copies are never from there.
 */
export function isSigned(header: string, body: Buffer, secret: string, now: Date): boolean {
  const parts = header.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([key]) => key === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time) || now.getTime() / 1000 - Number(time) > TOLERANCE) return false;
  const wanted = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
  return parts.some(([key, given]) => key === 'v1' && isSameSecret(given ?? '', wanted));
}
