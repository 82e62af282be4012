import { isReleaseError } from '../../domain/failure.ts';
import { type Loss, sumLoss } from '../../domain/loss.ts';
import type { Wired } from '../wired.ts';
import type { FoundPoint } from './found-point.ts';

/** What a restore of the database would go back to, and what it would take. */
export interface RestoreStanding extends FoundPoint {
  readonly loss: Loss;
  /** Payments that succeeded since the point; null when Stripe does not say, left out where none is configured. */
  readonly payments?: number | null;
  /** Names of branches that hang on the database and will hang on the kept state (E-48). */
  readonly moves: readonly string[];
}

/** A Stripe that does not answer holds no rollback up; that it did not is said. */
async function countPayments(
  { services, configured, env }: Wired,
  at: string,
): Promise<{ readonly payments?: number | null }> {
  if (!configured.has('stripe')) return {};
  try {
    return { payments: (await services.stripe.payments(env, new Date(at))).succeeded };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { payments: null };
  }
}

/** A restore whose children cannot be read is not planned: unknown is not none (E-48). */
export async function readRestore(
  wired: Wired,
  findPoint: () => Promise<FoundPoint>,
): Promise<RestoreStanding> {
  const { services, env } = wired;
  const { neon, postgres } = services;
  const found = await findPoint();
  const { point } = found;
  const [written, now, moves, payments] = await Promise.all([
    postgres.writtenSince(env, point),
    postgres.restorePoint(env),
    neon.children(env),
    countPayments(wired, point.at),
  ]);
  return { ...found, loss: sumLoss(written, point.at, now.at), moves, ...payments };
}
