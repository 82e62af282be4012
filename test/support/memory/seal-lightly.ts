import type { Seal } from './ledger.ts';

/** Chaining by hash has its own tests, and costs more than a whole release of the simulation. */
export const sealLightly: Seal = (event, { scope, epoch, at, head }, { host, actor, tool }) =>
  ({ v: 1, ...event, scope, epoch, at, host, actor, tool, seq: head.seq + 1, p: '', h: '' }) as never;
