import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { findTakeover } from '../../src/ledger/find-takeover.ts';

const lock = (type: 'lock.acquired' | 'lock.takeover', run: string, actor: string, more: object = {}) =>
  ({
    type,
    run,
    at: `at ${actor}`,
    host: `${actor}-mbp`,
    data: { actor, reason: `${actor} says`, ...more },
  }) as unknown as LedgerEvent;

const hers = lock('lock.acquired', 'r-1', 'ana');
const step = { type: 'step.intent', run: 'r-1' } as LedgerEvent;

describe('who took the lock over', () => {
  it('T39: names both, and the reason', () => {
    const taken = lock('lock.takeover', 'r-2', 'dana', { from: 'r-1' });
    expect(findTakeover([hers, step, taken], 'r-2')).toEqual({
      by: { run: 'r-2', actor: 'dana', host: 'dana-mbp', at: 'at dana' },
      from: { run: 'r-1', actor: 'ana', host: 'ana-mbp', at: 'at ana' },
      reason: 'dana says',
    });
  });

  it('knows that one may take over the run of another', () => {
    const taken = lock('lock.takeover', 'r-1', 'dana', { from: 'r-1' });
    expect(findTakeover([hers, step, taken, step], 'r-1')?.from.actor).toBe('ana');
  });

  it('is nobody when the last lock of the run was free, or the run has none', () => {
    const before = lock('lock.takeover', 'r-1', 'dana', { from: 'r-1' });
    expect(findTakeover([hers, before, lock('lock.acquired', 'r-1', 'dana')], 'r-1')).toBeUndefined();
    expect(findTakeover([hers], 'r-9')).toBeUndefined();
    expect(findTakeover([], 'r-1')).toBeUndefined();
  });
});
