import { expect, it } from 'vitest';
import { refuseCandidate } from '../../../src/cli/deploy/refuse-candidate.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook } from '../../support/policy.ts';

const production = { url: 'https://rur2.example', protected: true };
const staging = { url: 'https://staging.example', branch: 'release/{version}' };
const at = (environments: object) => ({ runbook: makeRunbook({ environments }), env: 'production' });

it('a candidate is not released: that would merge it into main; and it is said where it is tried', async () => {
  const failed = await failureOf((async () => refuseCandidate('v2.1.0-rc.1', at({ production, staging })))());
  expect(failed).toMatchObject({ code: 'E_VERSION_SHAPE' });
  expect(failed.text.next).toContain('release deploy v2.1.0-rc.1 --env staging');
  expect(() => refuseCandidate('v2.1.0', at({ production, staging }))).not.toThrow();
});

it('does not send anybody to a staging that is not configured', async () => {
  const failed = await failureOf((async () => refuseCandidate('v2.1.0-rc.1', at({ production })))());
  expect(failed.text.next).not.toContain('staging');
});
