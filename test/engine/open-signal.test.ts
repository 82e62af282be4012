import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openSignal } from '../../src/engine/open-signal.ts';

describe('a signal for one piece of work', () => {
  it('aborts with the reason of the outer one, also when that was aborted before', () => {
    const outer = new AbortController();
    const early = openSignal(outer.signal);
    outer.abort('stopped');
    const late = openSignal(outer.signal);
    for (const { signal } of [early, late])
      expect([signal.aborted, signal.reason]).toEqual([true, 'stopped']);
  });

  it('is ended with its work, and leaves the outer one as it was', () => {
    const outer = new AbortController();
    const own = openSignal(outer.signal);
    expect(own.signal.aborted).toBe(false);
    own.end();
    expect(own.signal.aborted).toBe(true);
    expect(outer.signal.aborted).toBe(false);
    expect(getEventListeners(outer.signal, 'abort')).toEqual([]);
  });

  it('needs no outer one', () => {
    const own = openSignal();
    own.end();
    expect(own.signal.aborted).toBe(true);
  });
});
