import { isReleaseError } from '../../domain/failure.ts';
import type { Proof } from '../../domain/handoff/proof.ts';

/** The proof, or why it could not be made. */
export async function orUnknown(from: string, read: () => Promise<Proof>): Promise<Proof> {
  try {
    return await read();
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { what, next } = error.text;
    return { state: 'unknown', said: what, from, ...(next ? { next } : {}) };
  }
}
