import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { seeCandidate } from '../../../src/steps/git/see-candidate.ts';
import { tagOf } from '../../cli/cli-world.ts';
import { onlyThese } from '../../support/policy.ts';

const commit = 'a'.repeat(40);
const see = (tag: string | undefined, tip?: string, follows?: string) => {
  const git = {
    sync: async () => undefined,
    tag: async () => (tag === undefined ? undefined : { ...tagOf('v2.1.0-rc.1'), commit: tag }),
    branchTip: async () => tip,
  };
  const input = { version: 'v2.1.0-rc.1', commit, ...(follows ? { follows } : {}) } as const;
  return seeCandidate.run(onlyThese({ git }), input, {} as StepContext);
};

describe('the candidate as planned', () => {
  it('PRE-15: is the commit of its tag, and of the branch that the platform follows', async () => {
    expect(await see(commit)).toEqual({ commit, version: 'v2.1.0-rc.1' });
    expect(await see(commit, commit, 'release/v2.1.0')).toMatchObject({ commit });
  });

  it.each([
    ['its tag was moved', ['b'.repeat(40)]],
    ['its tag is gone', [undefined]],
    ['the branch that is published went on', [commit, 'b'.repeat(40), 'release/v2.1.0']],
    ['the branch that is published is gone', [commit, undefined, 'release/v2.1.0']],
  ] as const)('makes the plan stale when %s', async (_, [tag, tip, follows]) => {
    await expect(see(tag, tip, follows)).rejects.toMatchObject({ code: 'E_PLAN_STALE' });
  });
});
