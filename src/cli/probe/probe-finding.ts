import { isReleaseError } from '../../domain/failure.ts';
import type { Outcome } from '../../domain/finding.ts';

/** What one service really accepts, in words. */
export interface ProbeFinding {
  readonly service: 'git' | 'neon' | 'slack';
  /** Permanent, like `git.ledger-place`. */
  readonly id: string;
  readonly outcome: Outcome;
  readonly said: string;
  /** What to do about it. */
  readonly next?: string;
}

/** Asks one thing. What could not be found out is unknown, never a pass; a bug is thrown on. */
export async function findOut(
  about: Pick<ProbeFinding, 'service' | 'id'>,
  ask: () => Promise<Omit<ProbeFinding, 'service' | 'id'>>,
): Promise<ProbeFinding> {
  try {
    return { ...about, ...(await ask()) };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { ...about, outcome: 'unknown', said: error.text.what, next: error.text.next };
  }
}
