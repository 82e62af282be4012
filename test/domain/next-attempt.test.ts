import { describe, expect, it } from 'vitest';
import { makeNextAttempt } from '../../src/domain/next-attempt.ts';
import { sayNextAttempt } from '../../src/report/next-attempt-text.ts';

const NONE = new Set<string>();

describe('the version after one that was rolled back', () => {
  it('E-90: is the next patch of the bad one; a fix of what is live keeps its own line of numbers', () => {
    expect(makeNextAttempt('v2.1.0', 'v2.0.3', NONE)).toEqual({
      bad: 'v2.1.0',
      version: 'v2.1.1',
      hotfix: 'v2.0.4',
    });
  });

  it('E-36: passes over numbers that a run has had', () => {
    expect(makeNextAttempt('v2.1.0', 'v2.0.3', new Set(['v2.1.1', 'v2.0.4']))).toEqual({
      bad: 'v2.1.0',
      version: 'v2.1.2',
    });
  });

  it('has no hotfix beside it where the bad one is itself the next patch of what is live', () => {
    expect(makeNextAttempt('v2.1.1', 'v2.1.0', NONE)).toEqual({ bad: 'v2.1.1', version: 'v2.1.2' });
  });

  it('is not guessed for what is no version', () => {
    expect(makeNextAttempt('', 'v2.0.3', NONE)).toBeUndefined();
    expect(makeNextAttempt('v2.1.0-rc.1', 'v2.0.3', NONE)).toBeUndefined();
  });

  it('E-90: is told with the lines that prepare it', () => {
    const next = makeNextAttempt('v2.1.0', 'v2.0.3', NONE);
    expect(next && sayNextAttempt(next, 'v2.0.3')).toEqual([
      'v2.1.0 stays marked bad. Next attempt: v2.1.1, what v2.1.0 brought and the fix: release prepare v2.1.1',
      'A fix of v2.0.3 alone: release prepare v2.0.4 --hotfix',
    ]);
  });
});
