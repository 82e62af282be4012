import { describe, expect, it } from 'vitest';
import { waitForLock } from '../../../src/cli/runs/wait-for-lock.ts';
import type { Holder } from '../../../src/ledger/ledger.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const holder: Holder = {
  run: 'r-1',
  actor: 'Ana',
  host: 'ana-laptop',
  reason: 'deploys v2.1.0',
  since: '2025-10-01T14:00:00.000Z',
  lastSign: '2025-10-01T14:03:00.000Z',
  step: 'migrate',
  alive: true,
};

/** A lock whose holder answers so many looks, and a clock that only sleeping moves. */
function makeHeld(looks: number, alive = true) {
  let [seen, now] = [0, 0];
  const { context, stderr } = makeTestContext({ command: 'deploy' });
  const { wired } = makeTestWired({});
  const ledger = {
    ...wired.ledger,
    holder: async () => {
      seen += 1;
      return seen > looks ? undefined : { ...holder, alive };
    },
  };
  const clock = {
    ...wired.clock,
    monotonic: () => now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      now += ms;
    },
  };
  return { wired: { ...wired, ledger, clock }, context, stderr, passed: () => now, looked: () => seen };
}

describe('waiting for the lock', () => {
  it('says once for whom it waits, and ends as soon as nobody holds it', async () => {
    const { wired, context, stderr, passed } = makeHeld(3);
    await waitForLock(wired, { waitMs: 60_000 }, context);
    expect(passed()).toBe(15_000);
    expect(stderr().match(/waiting for it/g)).toHaveLength(1);
    expect(stderr()).toContain('Ana holds the lock, run r-1, at "migrate"; waiting for it, 1 min at most');
  });

  it('is refused with the holder once the time is over, and at once without --wait', async () => {
    const long = makeHeld(99);
    const error = await failureOf(waitForLock(long.wired, { waitMs: 5000 }, long.context));
    expect(error.code).toBe('E_LOCKED');
    expect(error.text.what).toContain('Ana holds');
    expect(error.text.next).toContain('--takeover --reason');
    expect(long.passed()).toBe(5000);
    const short = makeHeld(99);
    expect((await failureOf(waitForLock(short.wired, { waitMs: 0 }, short.context))).code).toBe('E_LOCKED');
    expect([short.looked(), short.stderr()]).toEqual([1, '']);
  });

  it('does not wait for a holder that is certainly gone, nor for one whose lock is taken over', async () => {
    const gone = makeHeld(99, false);
    await waitForLock(gone.wired, { waitMs: 60_000 }, gone.context);
    const taken = makeHeld(99);
    await waitForLock(taken.wired, { waitMs: 0, takeover: 'lost' }, taken.context);
    expect([gone.passed(), taken.passed()]).toEqual([0, 0]);
  });

  it('ends with the stop that somebody asked for', async () => {
    const { wired, context } = makeHeld(99);
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const stop = { ...context.stop, signal: controller.signal };
    await expect(waitForLock(wired, { waitMs: 60_000 }, { ...context, stop })).rejects.toThrow('stopped');
  });
});
