import { describe, expect, it } from 'vitest';
import check from '../../../checks/drift/code.check.ts';
import { accepted, acceptedBuild, neverAccepted, releasedBuild } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const commit = acceptedBuild.commit;
const files: Record<string, string | undefined> = {
  'src/server.ts': 'const { A } = process.env; // process.env.OLD',
  'src/pay.ts': 'process.env.B',
  'src/pay.test.ts': 'process.env.ONLY_A_TEST',
};
const services = (given = files) =>
  onlyThese({
    host: { liveVersion: async () => ({ version: '2.0.3', commit, latencyMs: 1 }) },
    git: {
      tag: async () => ({ version: 'v2.0.3', annotated: true, object: 'o', commit, at: '', trailers: {} }),
      filesWith: async () => Object.keys(given),
      readFile: async (_, path) => given[path],
    },
  });
const probe = (given = files) => check.probe(services(given), makePolicy(accepted({ code: {} })));
const judge = (names: readonly string[], build = acceptedBuild) =>
  check.judge(
    { build, area: Object.fromEntries(names.map((name) => [name, ''])) },
    makePolicy(accepted({ code: { A: '', B: '' } })),
  );

describe('the variables that the live code reads', () => {
  it('E-64: are found in the sources of the live commit, without comments and tests', async () => {
    expect(await probe()).toEqual({ build: acceptedBuild, area: { A: '', B: '' } });
  });

  it('E-64: a file that cannot be read is no file without variables', async () => {
    await expect(probe({ 'src/server.ts': undefined })).rejects.toMatchObject({ code: 'E_GIT' });
  });

  it('DRF-04: are as accepted', () => {
    expect(judge(['B', 'A'])).toMatchObject({ outcome: 'pass', said: '2 as accepted' });
  });

  it('DRF-04: a release explains what its own code reads', () => {
    const { outcome, said, evidence } = judge(['A', 'NEW'], releasedBuild);
    expect({ outcome, said }).toEqual({ outcome: 'pass', said: '2 as accepted; 2 changed by v2.1.0' });
    expect(evidence).toMatchObject({ changes: [], by: ['v2.1.0'] });
  });

  it('DRF-04: code that no release tag holds explains nothing', () => {
    const byHand = { ...releasedBuild, isReleased: false };
    expect(judge(['A', 'B', 'NEW'], byHand)).toMatchObject({ outcome: 'warn', said: 'NEW added' });
  });

  it('is asked in preflight once a set-up was accepted, and by drift always', () => {
    expect(check.absent?.(makePolicy(neverAccepted(false)))).toBe('no set-up is accepted yet');
    expect(check.absent?.(makePolicy(neverAccepted(true)))).toBeUndefined();
    expect(check.absent?.(makePolicy(accepted({})))).toBeUndefined();
  });
});
