import { expect, it } from 'vitest';
import { carriesCandidates } from '../../src/config/carries-candidates.ts';
import { makeRunbook } from '../support/policy.ts';

const at = (url: string, more: object = {}) => ({ url: `https://${url}.example`, ...more });
const production = at('rur2', { protected: true });

it.each([
  ['beside a protected one', { production, staging: at('staging') }, 'staging', true],
  ['with a branch of its own', { qa: at('qa', { branch: 'release/{version}' }) }, 'qa', true],
  ['that is protected', { production, staging: at('staging') }, 'production', false],
  ['that is alone and not protected', { app: at('app') }, 'app', false],
  ['of two that are both deployed from main', { one: at('one'), two: at('two') }, 'two', false],
  [
    'that is protected, on another branch',
    { live: at('live', { protected: true, branch: 'live' }) },
    'live',
    false,
  ],
  ['that nobody has configured', { production }, 'constructor', false],
])('PRE-15: whether candidates are tried in an environment %s', (_, environments, env, expected) => {
  expect(carriesCandidates(makeRunbook({ environments }), env)).toBe(expected);
});
