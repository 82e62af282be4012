import { expect, it } from 'vitest';
import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Recipe } from '../../src/kit.ts';
import { planPrepare } from '../../src/plans/plan-prepare.ts';

const runbook = runbookSchema.parse({
  service: 'shop',
  product: 'Shop',
  timezone: 'UTC',
  environments: { production: { url: 'https://shop.example.com' } },
  services: {
    slack: { channels: { releases: { id: 'C0123456789' } }, routes: { 'rc-ready': ['releases'] } },
  },
});
const sha = '0'.repeat(40);
const facts = {
  ...{ branchName: 'release/v2.2.0', tip: undefined, commit: sha, tag: sha, from: 'v2.1.0' },
  ...{ configDigest: 'x', notes: {} },
};
const recipe: Recipe = {
  version: 'v2.2.0',
  name: 'v2.2.0-rc.1',
  base: sha,
  baseName: 'develop',
  since: null,
  join: null,
  bringBack: [],
  undone: [],
  at: '2026-11-24T15:00:00.000Z',
  day: '2026-12-08',
  trailers: {},
};
const namesOf = (isTold: boolean): readonly string[] =>
  planPrepare({ ...facts, recipe }, runbook, 'production', isTold).entries.map(({ name }) => name);

it('PRE-07: tells the channels of a candidate after it was pushed, and none when that is not wanted', () => {
  expect(namesOf(true)).toEqual(['candidate', 'announce']);
  expect(namesOf(false)).toEqual(['candidate']);
});
