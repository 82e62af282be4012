import type { Waiver } from './finding.ts';

/** `waived by Dana Ito until 2025-10-05 03:59 UTC: known, #12`. */
export function sayWaiver({ by, reason, until }: Waiver): string {
  const stands = until === undefined ? '' : ` until ${until.slice(0, 16).replace('T', ' ')} UTC`;
  return `waived by ${by}${stands}: ${reason}`;
}
