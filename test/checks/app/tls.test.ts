import { expect, it } from 'vitest';
import check from '../../../checks/app/tls.check.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const DAY = 86_400_000;
const policy = makePolicy();
const ending = (days: number) => ({
  validTo: new Date(policy.now.getTime() + days * DAY).toISOString(),
  subject: 'rur2.example',
  issuer: 'an authority',
});

it.each([
  [90, 'pass'],
  [31, 'pass'],
  [30, 'warn'],
  [8, 'warn'],
  [7, 'fail'],
  [-1, 'fail'],
])('ENV-03, HOP-16: judges a certificate with %i days left as %s', (days, outcome) => {
  expect(check.judge(ending(days), policy).outcome).toBe(outcome);
});

it('ENV-03: fails for a broken chain or another host name however many days are left', () => {
  expect(check.judge({ ...ending(90), problem: 'host name does not match' }, policy)).toMatchObject({
    outcome: 'fail',
    said: 'host name does not match',
  });
});

it('fails when the certificate names no end', () => {
  expect(check.judge({ ...ending(1), validTo: 'soon' }, policy).outcome).toBe('fail');
});

it('fails for plain http, except in the sandbox where it is left out', () => {
  expect(check.judge(undefined, policy).outcome).toBe('fail');
  expect(check.judge(undefined, makePolicy({ runbook: makeRunbook({ sandbox: true }) })).outcome).toBe(
    'skip',
  );
});
