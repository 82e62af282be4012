import { describe, expect, it } from 'vitest';
import { isOwn } from '../../../src/services/stripe/own-session.ts';

const room = { hosts: ['rur2.example', 'www.rur2.example:8443'] };

describe('whose a checkout session is', () => {
  it.each([
    [
      'of the host of the environment',
      { success_url: 'https://rur2.example/done?session={CHECKOUT_SESSION_ID}' },
      true,
    ],
    [
      'of the host that its owner named beside it',
      { success_url: 'https://WWW.rur2.example:8443/done' },
      true,
    ],
    [
      'embedded, which has a return_url alone',
      { success_url: null, return_url: 'https://rur2.example/done' },
      true,
    ],
    ['of another host', { success_url: 'https://shop.example/done' }, false],
    ['of a host that only ends alike', { success_url: 'https://evilrur2.example/done' }, false],
    ['of another port', { success_url: 'https://rur2.example:444/done' }, false],
    ['of a host behind a user name', { success_url: 'https://rur2.example@shop.example/done' }, false],
    [
      'of another host, whatever its return_url',
      { success_url: 'https://shop.example', return_url: 'https://rur2.example' },
      false,
    ],
    ['one that says nothing', {}, false],
    ['one whose address is none', { success_url: 'rur2.example' }, false],
  ])('E-73: %s', (_name, session, own) => {
    expect(isOwn(session, room)).toBe(own);
  });
});
