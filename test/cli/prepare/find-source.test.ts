import { describe, expect, it } from 'vitest';
import { findSource } from '../../../src/cli/prepare/find-source.ts';
import { failureOf } from '../../support/failure-of.ts';
import { openTaskWorld } from '../tasks/task-world.ts';

interface Over {
  readonly scope?: string;
  readonly tags?: readonly string[];
}

/** A ledger in which v2.1.0 was rolled back to v2.0.3. */
async function ask(version: `v${string}`, options: Record<string, string | boolean>, over: Over = {}) {
  const { tags = ['v2.1.0', 'v2.0.3'], ...rest } = over;
  const world = await openTaskWorld();
  const git = { sync: async () => undefined, versions: async () => tags };
  try {
    return await findSource(version, options, { ...world.wired, services: { git }, ...rest } as never);
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
      what: 'v2.1.1 is not the next free patch of v2.0.3, which is live.',
    });
    expect(text.next).toContain('release prepare v2.0.4 --hotfix');
    expect(text.next).toContain('release prepare v2.1.1 --from main');
  });

  it('E-36: is the patch behind one whose number is used up', async () => {
    const over = { tags: ['v2.1.0', 'v2.0.4', 'v2.0.3'] };
    expect(await ask('v2.0.5', { hotfix: true }, over)).toBe('main');
    const { text } = await failureOf(ask('v2.0.4', { hotfix: true }, over));
    expect(text.next).toContain('release prepare v2.0.5 --hotfix');
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
