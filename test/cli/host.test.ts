import { describe, expect, it } from 'vitest';
import { hostFor } from '../../src/cli/host.ts';

const OTHER = { RELEASE_SANDBOX_HOST: 'second-laptop' };

describe('the machine a run is recorded under', () => {
  it('is this one', () => {
    expect(hostFor(true, {}, 'laptop')).toBe('laptop');
    expect(hostFor(true, { RELEASE_SANDBOX_HOST: '' }, 'laptop')).toBe('laptop');
  });

  it('is the one that a rehearsal in the sandbox says, so that one machine can play two', () => {
    expect(hostFor(true, OTHER, 'laptop')).toBe('second-laptop');
  });

  it('is never another one on production, whatever the environment says', () => {
    expect(hostFor(false, OTHER, 'laptop')).toBe('laptop');
  });
});
