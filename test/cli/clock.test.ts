import { afterEach, describe, expect, it, vi } from 'vitest';
import { clockFor } from '../../src/cli/clock.ts';

afterEach(() => vi.useRealTimers());

describe('the clock of a run', () => {
  it('goes faster in a sandbox from when it is first asked, and not before', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const clock = clockFor(true, { RELEASE_SANDBOX_SPEED: '60' });
    vi.advanceTimersByTime(5_000);
    const first = clock.now().getTime();
    const before = clock.monotonic();
    expect(first).toBe(Date.now());
    vi.advanceTimersByTime(1_000);
    expect(clock.now().getTime() - first).toBe(60_000);
    expect(clock.monotonic() - before).toBe(60_000);
  });

  it('goes as everybody’s where nothing says that it is a sandbox', () => {
    expect(clockFor(false, { RELEASE_SANDBOX_SPEED: '60' }).speed).toBeUndefined();
  });
});
