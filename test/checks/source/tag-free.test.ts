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
  ['no tag', { tag: undefined, live: 'v2.0.3' }, 'pass'],
  ['its tag, and itself live', { tag, live: 'v2.1.0' }, 'pass'],
  ['its tag, and another version live: it was rolled back', { tag, live: 'v2.0.3' }, 'fail'],
  ['its tag, and nobody who knows what is live', { tag, live: undefined }, 'fail'],
])('DAY-19, E-36: with %s', (_name, over, outcome) => {
  expect(check.judge({ version: 'v2.1.0', ...over }, makePolicy()).outcome).toBe(outcome);
});
