import { expect, it } from 'vitest';
import { chooseChecks } from '../../src/engine/choose-checks.ts';
import { makePolicy, makeRunbook } from '../support/policy.ts';
import { answering } from '../support/test-wired.ts';

const { production } = makeRunbook().environments;
const runbook = makeRunbook({
  environments: { production, staging: { url: 'https://staging.example', branch: 'release/{version}' } },
});
const gates = ['preflight', 'post-deploy'] as const;
const checks = [
  { ...answering('a.usual', 'pass'), gates },
  { ...answering('a.of-release', 'pass'), gates, releaseOnly: true as const },
];
const askedOf = (env: string, gate: (typeof gates)[number]) =>
  chooseChecks({
    gate,
    checks,
    configured: new Set(),
    policy: makePolicy({ runbook, env }),
  }).asked.map(({ id }) => id);

it('PRE-15: before a candidate is tried, what is asked of a release alone is left out; behind its publish all of it is asked', () => {
  expect(askedOf('staging', 'preflight')).toEqual(['a.usual']);
  expect(askedOf('staging', 'post-deploy')).toEqual(['a.usual', 'a.of-release']);
  expect(askedOf('production', 'preflight')).toEqual(['a.usual', 'a.of-release']);
});
