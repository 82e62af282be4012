import { expect, it } from 'vitest';
import check from '../../../checks/source/tag-free.check.ts';
import { makePolicy } from '../../support/policy.ts';

const tag = {
  version: 'v2.1.0' as const,
  annotated: true,
  object: 'o',
  commit: 'c'.repeat(40),
  at: '',
  trailers: {},
};

it.each([
  ['no tag', { tag: undefined, holdsTip: false }, 'pass'],
  ['a tag on this release', { tag, holdsTip: true }, 'pass'],
  ['a tag elsewhere', { tag, holdsTip: false }, 'fail'],
])('DAY-19: with %s', (_name, over, outcome) => {
  expect(check.judge({ version: 'v2.1.0', ...over }, makePolicy()).outcome).toBe(outcome);
});
