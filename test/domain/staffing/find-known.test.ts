import { expect, it } from 'vitest';
import { findKnown } from '../../../src/domain/staffing/find-known.ts';

const alex = { name: 'Alex Example', email: 'alex@example.com' };
const kim = { name: 'Kim Example', pagerduty: 'PKIM' };
const team = [alex, kim, { name: 'Sam' }, { name: 'Sam' }, { name: 'Lee' }];

it.each([
  ['by its id, whatever it is called', { id: 'PKIM', name: 'K.' }, kim],
  ['by mail address', { id: 'P1', name: 'A.', email: 'Alex@Example.com' }, alex],
  ['by a name where no mail address says otherwise', { id: 'P1', name: 'alex example' }, alex],
  ['by a name of somebody without a mail address', { id: 'P1', name: 'Lee', email: 'l@x.org' }, team[4]],
])('finds a person %s', (_, called, found) => {
  expect(findKnown(team, called)).toBe(found);
});

it.each([
  ['a stranger', { id: 'P1', name: 'Nobody' }],
  ['a namesake with another mail address', { id: 'P1', name: 'Alex Example', email: 'other@example.com' }],
  ['a name that two people have', { id: 'P1', name: 'Sam' }],
  ['a namesake of somebody who has another id', { id: 'P1', name: 'Kim Example' }],
])('E-94: takes nobody for %s', (_, called) => {
  expect(findKnown(team, called)).toBeUndefined();
});
