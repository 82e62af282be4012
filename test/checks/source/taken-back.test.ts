import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/taken-back.check.ts';
import { makePolicy } from '../../support/policy.ts';

const release = { version: 'v2.1.1', branch: 'release/v2.1.1', from: 'v2.0.3' };
const policy = (over: object = {}) => makePolicy({ release: { ...release, ...over } as never });
const seen = { branch: 'release/v2.1.1', from: 'v2.0.3', taken: 'v2.1.0', changed: 3 };
const judge = (lost: readonly string[]) => check.judge({ ...seen, lost } as never, policy());

/** Tags with their commits; which paths differ from v2.0.3, by commit. */
function makeGit(differs: Readonly<Record<string, readonly string[]>>, versions = ['v2.1.0', 'v2.0.3']) {
  return {
    versions: async () => versions,
    tag: async (version: string) => (versions.includes(version) ? { commit: `c${version}` } : undefined),
    branchTip: async () => 'tip',
    changedFiles: async (_: string, to: string) => differs[to],
    readFile: async () => undefined,
  };
}
const probe = (git: object, over: object = {}) => check.probe({ git } as never, policy(over) as never);

describe('E-31: a release after a rollback', () => {
  it('names what main took away again in a branch that merged it: half of a release is not one', () => {
    const judgement = judge(['src/export.ts']);
    expect(judgement).toMatchObject({ outcome: 'fail' });
    expect(judgement.said).toContain(
      '1 of the 3 files that it changed stand there as in v2.0.3 (src/export.ts)',
    );
    expect(judgement).toMatchObject({ remedy: expect.stringContaining('git log --grep "Restore v2.0.3"') });
  });

  it('warns of a branch that has nothing of it: that may be meant', () => {
    expect(judge(['a', 'b', 'c'])).toMatchObject({ outcome: 'warn' });
  });

  it('passes once all of it is there', () => {
    expect(judge([])).toMatchObject({ outcome: 'pass' });
  });

  it('compares with the version that was released and is not live any more', async () => {
    const git = makeGit({ 'cv2.1.0': ['src/export.ts', 'src/list.ts'], tip: ['src/list.ts', 'fix.ts'] });
    expect(await probe(git)).toMatchObject({ taken: 'v2.1.0', changed: 2, lost: ['src/export.ts'] });
  });

  it('knows of nothing taken back while the newest release is live, or nobody knows what is', async () => {
    const git = makeGit({});
    expect(await probe(git, { from: 'v2.1.0' })).not.toHaveProperty('taken');
    expect(await probe(git, { from: '' })).not.toHaveProperty('taken');
  });

  it('is unknown, and no pass, when a commit cannot be compared', async () => {
    await expect(probe(makeGit({}))).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('is left out without a version, and for the one that is live', () => {
    expect(check.absent?.(makePolicy() as never)).toBe('no version was named');
    expect(check.absent?.(policy({ from: 'v2.1.1' }) as never)).toBe('v2.1.1 is live');
  });
});
