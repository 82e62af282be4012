import { expect, it } from 'vitest';
import { refuseCandidate } from '../../../src/cli/deploy/refuse-candidate.ts';
import { failureOf } from '../../support/failure-of.ts';

it('a candidate is not deployed: that would merge it into main; and it is not said to be released already', async () => {
  const failed = await failureOf((async () => refuseCandidate('v2.1.0-rc.1'))());
  expect(failed).toMatchObject({ code: 'E_VERSION_SHAPE' });
  expect(failed.text.next).toContain('release preflight v2.1.0 ');
  expect(() => refuseCandidate('v2.1.0')).not.toThrow();
});
