import { describe, expect, it } from 'vitest';
import check from '../../../checks/app/staged.check.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const commit = 'c'.repeat(40);
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit, from: 'v2.0.3' };
const found = {
  ...{ run: 'r-1', version: 'v2.1.0-rc.1', end: 'completed', at: '2026-11-24T15:00:00.000Z', by: 'Dana Ito' },
  ...{ said: '', smoke: 'go' },
};
const judge = (staged: object) => check.judge({ elsewhere: false, ...staged }, makePolicy({ release }));

describe('the trial on staging', () => {
  it('PRE-15: passes for a deploy of exactly this commit that came to its end with good smoke tests', () => {
    expect(judge({ found })).toMatchObject({
      outcome: 'pass',
      said: expect.stringContaining('v2.1.0-rc.1 by Dana Ito on'),
      evidence: { run: 'r-1' },
    });
  });

  it.each(['failed', 'unsafe', 'abandoned', 'open', 'paused', 'reverted'])(
    'PRE-15: fails for one that is %s, whatever its smoke tests said',
    (end) => {
      expect(judge({ found: { ...found, end, said: 'no answer' } })).toMatchObject({
        outcome: 'fail',
        said: `v2.1.0-rc.1 did not come to a good end on staging: r-1 is ${end}, no answer`,
      });
    },
  );

  it('only warns where nobody tested it, nothing is on record, or the record lies elsewhere', () => {
    const { smoke: _, ...untested } = found;
    for (const staged of [{ found: untested }, {}, { elsewhere: true }])
      expect(judge(staged).outcome).toBe('warn');
    expect(judge({}).remedy).toContain('release deploy v2.1.0 --env staging');
  });

  it('does not know while the ledger of staging cannot be read', async () => {
    const probe = (facts: object) =>
      check.probe(onlyThese({}), makePolicy({ release, facts: facts as never }));
    await expect(probe({ staged: { unread: 'no answer' } })).rejects.toMatchObject({
      code: 'E_EVIDENCE_GAP',
    });
    expect(await probe({ staged: { found } })).toEqual({ found, elsewhere: false });
    expect(await probe({})).toEqual({ elsewhere: false });
  });

  it('concerns releases that are not live yet, where there is a staging', () => {
    const environments = { ...makeRunbook().environments, staging: { url: 'https://staging.example' } };
    const absent = (over: object, runbook = makeRunbook({ environments })) =>
      check.absent?.(makePolicy({ release: { ...release, ...over }, runbook }));
    expect(absent({})).toBeUndefined();
    expect(absent({ from: 'v2.1.0' })).toBe('v2.1.0 is live');
    expect(absent({}, makeRunbook())).toBe('there is no environment staging');
  });
});
