import * as z from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';

/** One `SELECT 1` there and back in a session that is open already, in milliseconds (ENV-05, E-49). */
export const readLatency = (
  ask: Ask,
  clock: Clock,
  address: Address,
): Promise<{ readonly latencyMs: number }> =>
  ask(address, {
    doing: 'answer SELECT 1',
    read: async (rows) => {
      const started = clock.monotonic();
      await rows(z.unknown(), 'select 1');
      return { latencyMs: clock.monotonic() - started };
    },
  });
