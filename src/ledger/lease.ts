import type { Held } from './ledger.ts';

/** How long a right to write lasts unless it is renewed, in ms. */
export const LEASE_MS = 60_000;

/** The deadline counts from before the store was asked: a sleep on the way back must count as well. */
export type Lease = Held & { renewedAt(monotonic: number): void };

/** The right to write that was `asked` for at this monotonic time. Its deadline never moves back. */
export function makeLease({ scope, epoch, run }: Omit<Held, 'deadline'>, asked: number): Lease {
  let until = asked + LEASE_MS;
  const renewedAt = (monotonic: number): void => {
    until = Math.max(until, monotonic + LEASE_MS);
  };
  return { scope, epoch, run, deadline: () => until, renewedAt };
}
