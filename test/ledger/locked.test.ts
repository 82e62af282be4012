import { expect, it } from 'vitest';
import type { Holder } from '../../src/ledger/ledger.ts';
import { refuseLocked } from '../../src/ledger/locked.ts';
import { prepareScopeOf } from '../../src/ledger/prepare-scope.ts';

const holder: Holder = {
  run: 'r-1',
  actor: 'Lee Park',
  host: 'lee-mbp',
  reason: 'deploys v2.1.0',
  since: '2025-10-01T14:02:11.884Z',
  lastSign: '2025-10-01T14:05:12.000Z',
  alive: true,
  step: 'publish',
};
const nextOf = (scope: string, over: Partial<Holder> = {}) =>
  refuseLocked(scope, { ...holder, ...over }).text.next;

it('says who is at work, since when, and when they were last heard of, in times that people read', () => {
  const { what, why } = refuseLocked('shop/production', holder).text;
  expect(what).toBe(
    'Lee Park holds shop/production since 2025-10-01 14:02:11 UTC from lee-mbp, run r-1, at "publish".',
  );
  expect(why).toBe('deploys v2.1.0. Last sign of life: 2025-10-01 14:05:12 UTC.');
});

it('sends whoever meets a deploy, a rollback or a preparation into nothing else', () => {
  const commands = (text: string) => text.match(/release (?:deploy|rollback|prepare)(?: --resume)?/g);
  expect(commands(nextOf('shop/production'))).toEqual(['release rollback', 'release deploy --resume']);
  expect(commands(nextOf('shop/production', { preempt: 'rollback' }))).toEqual(['release rollback --resume']);
  expect(commands(nextOf(prepareScopeOf('shop')))).toEqual(['release prepare --resume']);
});
