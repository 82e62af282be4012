import { describe, expect, it } from 'vitest';
import { timesFor } from '../../../src/cli/wiring/choose-times.ts';
import { USUAL_TIMES } from '../../../src/engine/run-tools.ts';

describe('the times of the protocol', () => {
  it('are the usual ones for everything that is no sandbox', () => {
    expect(timesFor(false)).toBe(USUAL_TIMES);
  });

  it('are shorter in a sandbox where something is waited for, and never where the right to act is renewed', () => {
    const { settleFactor, askAgainMs, ...others } = timesFor(true);
    expect(settleFactor).toBeLessThan(USUAL_TIMES.settleFactor);
    expect(settleFactor).toBeGreaterThan(0);
    expect(askAgainMs).toBeLessThan(USUAL_TIMES.askAgainMs);
    expect(USUAL_TIMES).toMatchObject(others);
  });
});
