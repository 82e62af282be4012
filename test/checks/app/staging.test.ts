import { describe, expect, it } from 'vitest';
import check from '../../../checks/app/staging.check.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const environments = {
  staging: { url: 'https://staging.example' },
  production: { url: 'https://rur2.example' },
};
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: `c0ffee${'0'.repeat(34)}` };
const policy = makePolicy({ runbook: makeRunbook({ environments }), release });
const judge = (live: object) => check.judge({ live: { version: '2.1.0', latencyMs: 5, ...live } }, policy);

describe('staging before a release', () => {
  it.each([
    [{ commit: release.commit, status: 'ok' }],
    [{ commit: 'c0ffee0' }],
    [{ version: '2.1.0-rc.2', commit: release.commit, status: 'healthy' }],
  ])('PRE-16: runs the candidate: %o', (live) => {
    expect(judge(live)).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    [{ version: '2.0.3' }, 'staging runs 2.0.3, the release is 2.1.0 @ c0ffee0'],
    [{ commit: 'deadbeef' }, 'staging runs 2.1.0 @ deadbee, the release is 2.1.0 @ c0ffee0'],
    [{ status: 'degraded' }, 'staging says degraded'],
  ])('PRE-16: is no proof when it answers but is another build or not well: %o', (live, said) => {
    expect(judge(live)).toMatchObject({ outcome: 'fail', said });
  });

  it('PRE-16: that does not say its commit is told', () => {
    expect(judge({})).toMatchObject({ outcome: 'warn' });
    expect(judge({ commit: '' })).toMatchObject({ outcome: 'warn' });
  });

  it('DAY-06, NG-04, HOP-13: that does not answer is no GO', async () => {
    const down = new ReleaseError('E_APP_DOWN', { what: 'staging is silent', next: '', state: 'untouched' });
    const services = onlyThese({ host: { liveVersion: () => Promise.reject(down) } });
    const seen = await check.probe(services, policy);
    expect(check.judge(seen, policy)).toMatchObject({ outcome: 'fail', said: 'staging is silent' });
  });

  it('may have moved on when the release is live', () => {
    const live = { ...policy, release: { ...release, from: 'v2.1.0' } };
    expect(check.judge({ live: { version: '2.2.0', latencyMs: 5 } }, live).outcome).toBe('pass');
  });

  it('is not asked without a release or without staging', () => {
    expect(check.absent?.(policy)).toBeUndefined();
    expect(check.absent?.(makePolicy())).toBe('no release is named');
    expect(check.absent?.({ ...policy, runbook: makeRunbook() })).toContain('no environment');
    expect(check.absent?.({ ...policy, env: 'staging' })).toBe('this is staging');
  });
});
