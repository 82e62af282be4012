import { plural } from './plural.ts';

/** What a restore would take: counted, not guessed. */
export interface Loss {
  /** From the restore point to the count, rounded up. */
  readonly minutes: number;
  readonly rows: number;
  readonly tables: number;
}

/**
 * Adds up what was written after a restore point. Both moments are the database's own (E-45): a machine whose clock is
 * wrong would agree to other minutes than the ones that are lost.
 */
export const sumLoss = (
  written: readonly { readonly rows: number }[],
  pointAt: string,
  countedAt: string,
): Loss => ({
  minutes: Math.max(0, Math.ceil((Date.parse(countedAt) - Date.parse(pointAt)) / 60_000)),
  rows: written.reduce((sum, one) => sum + one.rows, 0),
  tables: written.filter((one) => one.rows > 0).length,
});

/** `, 2 payments` for the end of `sayLoss`; null is a Stripe that did not say. */
export function sayPayments(payments: number | null | undefined): string {
  if (payments === undefined) return '';
  return payments === null ? ', payments not known: Stripe did not say' : `, ${plural(payments, 'payment')}`;
}

/** `34 minutes: 212 rows in 6 tables`. Rows that were deleted since cannot be counted, and come back. */
export const sayLoss = ({ minutes, rows, tables }: Loss): string =>
  `${plural(minutes, 'minute')}: ${plural(rows, 'row')} in ${plural(tables, 'table')}`;
