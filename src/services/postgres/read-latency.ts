import * as z from 'zod';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';

/**
 * One `SELECT 1` there and back in a session that is open already, in milliseconds (ENV-05, E-49). Real ones: how fast
 * a sandbox's clock runs does not make a database slower.
 */
export const readLatency = (ask: Ask, address: Address): Promise<{ readonly latencyMs: number }> =>
  ask(address, {
    doing: 'answer SELECT 1',
    read: async (rows) => {
      const started = performance.now();
      await rows(z.unknown(), 'select 1');
      return { latencyMs: performance.now() - started };
    },
  });
