import { expect, it } from 'vitest';
import { findOwnBranch } from '../../src/config/find-own-branch.ts';
import { makeRunbook } from '../support/policy.ts';

const runbook = (branch: string | undefined, others: Record<string, unknown> = {}) =>
  makeRunbook({
    source: { develop: 'develop' },
    environments: {
      production: { url: 'https://rur2.example', protected: true },
      staging: { url: 'https://staging.example', ...(branch === undefined ? {} : { branch }) },
      ...others,
    },
  });
const find = (branch: string | undefined, others = {}) =>
  findOwnBranch(runbook(branch, others), 'staging', 'v2.1.0');

it('PRE-15: a release branch is there already, and moved by nobody', () => {
  expect(find('release/{version}')).toEqual({ kind: 'release', name: 'release/v2.1.0' });
});

it.each([
  ['staging', 'staging'],
  ['staging/{version}', 'staging/v2.1.0'],
])('PRE-15: %s is the environment’s to move', (branch, name) => {
  expect(find(branch)).toEqual({ kind: 'own', name });
});

it.each([
  ['main, by default', undefined, {}],
  ['main, by name', 'main', {}],
  ['develop', 'develop', {}],
  ['the release branch of another version', 'release/v9.9.9', {}],
  [
    'what production is deployed from',
    'live',
    { live: { url: 'https://l.example', protected: true, branch: 'live' } },
  ],
  [
    'what another environment has by its pattern',
    'qa/v2.1.0',
    { qa: { url: 'https://q.example', branch: 'qa/{version}' } },
  ],
])('E-32: never moves %s', (_, branch, others) => {
  expect(find(branch, others).kind).toBe('shared');
});
