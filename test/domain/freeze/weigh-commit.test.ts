import { expect, it } from 'vitest';
import {
  type ExceptionRules,
  type FrozenCommit,
  weighCommit,
} from '../../../src/domain/freeze/weigh-commit.ts';

const commit = (exception?: string): FrozenCommit => ({
  sha: 'abc1234'.padEnd(40, '0'),
  subject: 'fix: payments',
  author: 'Jo',
  at: '2026-11-24T10:00:00Z',
  ...(exception === undefined ? {} : { exception }),
});
const anybody: ExceptionRules = { granted: [], people: [] };
const staffed: ExceptionRules = {
  granted: [],
  people: ['robin-example', 'Robin Example', 'robin@example.com'],
};

it.each([
  ['Robin Example: P1, payments are refused', 'Robin Example', 'P1, payments are refused'],
  ['robin example :  payments: all of them', 'robin example', 'payments: all of them'],
  ['ROBIN@example.com: P0', 'ROBIN@example.com', 'P0'],
])('PRE-26: a trailer with person and reason is an exception: %s', (text, by, reason) => {
  expect(weighCommit(commit(text), staffed)).toEqual({ granted: true, by, reason });
});

it.each([
  [undefined, 'no exception'],
  ['', 'names no person and reason'],
  ['it is urgent', 'names no person and reason'],
  [': it is urgent', 'names no person and reason'],
  ['Robin Example:', 'names no person and reason'],
  ['Robin Example:   ', 'names no person and reason'],
  ['somebody: it is urgent', 'somebody is nobody of people'],
])('PRE-26: an exception is never anonymous and never without a reason: %s', (text, why) => {
  const weighed = weighCommit(commit(text), staffed);
  expect(weighed).toMatchObject({ granted: false });
  expect(weighed.granted ? '' : weighed.why).toContain(why);
});

it('PRE-26: where nobody is configured, a name is enough; a sign is no name', () => {
  expect(weighCommit(commit('Dana: P1'), anybody)).toMatchObject({ granted: true, by: 'Dana' });
  expect(weighCommit(commit('-: P1'), anybody)).toMatchObject({ granted: false });
});

it('PRE-26: of several trailers one that counts is enough', () => {
  const text = ['urgent', 'Robin Example: P1'].join('\n');
  expect(weighCommit(commit(text), staffed)).toMatchObject({ granted: true, by: 'Robin Example' });
});

it('PRE-26: an exception of the configuration is bound to its commit', () => {
  const granted = [{ commit: 'abc1234', by: 'robin-example', reason: 'P1' }];
  expect(weighCommit(commit(), { ...staffed, granted })).toEqual({
    granted: true,
    by: 'robin-example',
    reason: 'P1',
  });
  const other = [{ commit: 'abc1235', by: 'robin-example', reason: 'P1' }];
  expect(weighCommit(commit(), { ...staffed, granted: other })).toMatchObject({ granted: false });
});
