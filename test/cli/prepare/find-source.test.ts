import { describe, expect, it } from 'vitest';
import { findSource } from '../../../src/cli/prepare/find-source.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { failureOf } from '../../support/failure-of.ts';
import { openTaskWorld } from '../tasks/task-world.ts';

/** A ledger in which v2.1.0 was rolled back to v2.0.3. */
async function ask(version: `v${string}`, options: Record<string, string | boolean>, over = {}) {
  const world = await openTaskWorld();
  try {
    return await findSource(version, options, { ...world.wired, ...over } as Wired);
  } finally {
    world.close();
  }
}

describe('the branch that a release is cut from', () => {
  it('PIR-16: is main for a hotfix, which is the next patch of what is live', async () => {
    expect(await ask('v2.0.4', { hotfix: true })).toBe('main');
  });

  it('PIR-16: refuses another number, and names the right one and the way past', async () => {
    const { code, text } = await failureOf(ask('v2.1.1', { hotfix: true }));
    expect({ code, what: text.what }).toEqual({
      code: 'E_HOTFIX',
      what: 'v2.1.1 is not the next patch of v2.0.3, which is live.',
    });
    expect(text.next).toContain('release prepare v2.0.4 --hotfix');
    expect(text.next).toContain('release prepare v2.1.1 --from main');
  });

  it('knows of no hotfix where the ledger has no release', async () => {
    const failure = await failureOf(ask('v2.0.4', { hotfix: true }, { scope: 'shop/nowhere' }));
    expect(failure.code).toBe('E_HOTFIX');
  });

  it('is said once', async () => {
    expect((await failureOf(ask('v2.0.4', { hotfix: true, from: 'main' }))).code).toBe('E_FLAG_REFUSED');
    expect(await ask('v2.0.4', { from: 'elsewhere' })).toBe('elsewhere');
    expect(await ask('v2.2.0', {})).toBe('develop');
  });
});
