import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { seeMain } from '../../../src/steps/git/see-main.ts';
import { onlyThese } from '../../support/policy.ts';

const planned = 'a'.repeat(40);
const see = (refs: Record<string, string>) => {
  const git = { remoteRefs: async () => refs };
  return seeMain.run(onlyThese({ git }), { mainBranch: 'main', main: planned }, {} as StepContext);
};

describe('main as planned', () => {
  it('is what the remote itself says now', async () => {
    expect(await see({ 'refs/heads/main': planned })).toEqual({ main: planned });
  });

  it.each([
    ['moved by the deploy that was pushed aside', { 'refs/heads/main': 'b'.repeat(40) }],
    ['gone', {}],
  ])('makes the plan stale when it is %s', async (_, refs) => {
    await expect(see(refs)).rejects.toMatchObject({ code: 'E_PLAN_STALE' });
  });
});
