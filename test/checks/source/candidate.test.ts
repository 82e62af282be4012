import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/candidate.check.ts';
import type { Version } from '../../../src/domain/version.ts';
import { tagOf } from '../../cli/cli-world.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const tag = tagOf('v2.1.0-rc.1');
const release = { version: 'v2.1.0-rc.1', branch: 'release/v2.1.0', commit: tag.commit };
const prepared = { commit: tag.commit, tag: tag.object };
const judge = (seen: object, version = release.version) =>
  check.judge({ tag, isOnBranch: true, ...seen }, makePolicy({ release: { ...release, version } }));

describe('the candidate', () => {
  it('PRE-06: passes as release prepare recorded it, and a version that was released passes by its tag', () => {
    expect(judge({ prepared }).said).toBe('v2.1.0-rc.1 @ cv2.1.0, as release prepare recorded it');
    expect(judge({}, 'v2.0.3').outcome).toBe('pass');
  });

  it.each([
    ['no tag is at the tip of the branch', { tag: undefined, prepared }, 'no candidate is tagged there'],
    [
      'its tag means another commit by now',
      { prepared: { ...prepared, commit: 'b'.repeat(40) } },
      'is not what was prepared',
    ],
    ['its tag was made anew', { prepared: { ...prepared, tag: 'b'.repeat(40) } }, 'is not what was prepared'],
    ['the release branch does not hold it', { isOnBranch: false }, 'is not on release/v2.1.0'],
  ])('PRE-15: fails when %s', (_, seen, said) => {
    expect(judge(seen)).toMatchObject({ outcome: 'fail', said: expect.stringContaining(said) });
  });

  it('warns when a person tagged it and nothing is on record', () => {
    expect(judge({})).toMatchObject({ outcome: 'warn', remedy: 'Let release prepare tag candidates.' });
  });

  it('does not know while the record of preparations cannot be read, and asks only where candidates are tried', async () => {
    const git = {
      tag: async () => tag,
      branchTip: async (_: string) => tag.commit,
      contains: async () => true,
    };
    const probe = (facts: object) =>
      check.probe(onlyThese({ git }), makePolicy({ release, facts: facts as never }));
    await expect(probe({ prepared: { unread: 'no answer' } })).rejects.toMatchObject({
      code: 'E_EVIDENCE_GAP',
    });
    expect(await probe({ prepared: { found: prepared } })).toEqual({ tag, isOnBranch: true, prepared });
    const { production } = makeRunbook().environments;
    const runbook = makeRunbook({ environments: { production, staging: { url: 'https://s.example' } } });
    const absent = (env: string, over: object = {}) =>
      check.absent?.(
        makePolicy({
          runbook,
          env,
          release: { ...release, ...over } as typeof release & { version: Version },
        }),
      );
    expect(absent('staging')).toBeUndefined();
    expect(absent('production')).toBe('releases come here, not candidates');
  });
});
