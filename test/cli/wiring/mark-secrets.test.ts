import { describe, expect, it } from 'vitest';
import { markSecrets } from '../../../src/cli/wiring/mark-secrets.ts';
import { makeSecrets } from '../../../src/config/secrets.ts';
import { makeRunbook } from '../../support/policy.ts';

const runbook = makeRunbook({
  environments: {
    production: {
      url: 'https://rur2.example',
      database: { url: '$DB' },
      stripe: { mode: 'live', secretKey: '$STRIPE', webhookSecret: '$HOOK' },
    },
    staging: { url: 'https://staging.example', database: { url: '$DB_STAGING' } },
  },
  services: { github: { repository: 'acme/shop', token: '$GH' } },
});
const VALUES = {
  DB: 'postgres://app:canary-one@db.example:5432/shop?sslmode=require',
  DB_STAGING: 'postgres://app:canary-two@staging.example:5432/shop',
  STRIPE: 'sk_live_canary3',
  HOOK: 'whsec_canary4',
  GH: 'ghp_canary5',
};
const KEY = 'a'.repeat(64);

const mark = (change: Record<string, string | undefined> = {}, key = KEY): string =>
  markSecrets(runbook, makeSecrets({ env: { ...VALUES, ...change } }), key);

describe('the mark of what checks are asked with', () => {
  it.each([
    ['another host', { DB: VALUES.DB.replace('db.example', 'other.example') }],
    ['another port', { DB: VALUES.DB.replace('5432', '5433') }],
    ['another database', { DB: VALUES.DB.replace('/shop', '/shop2') }],
    ['another user', { DB: VALUES.DB.replace('app:', 'owner:') }],
    ['another option', { DB: VALUES.DB.replace('require', 'disable') }],
    ['the database of another environment', { DB_STAGING: VALUES.DB }],
    ['another account at Stripe', { STRIPE: 'sk_live_canary9' }],
    ['another webhook secret', { HOOK: 'whsec_canary9' }],
    ['a secret that is gone', { HOOK: undefined }],
  ])('E-03: is another one with %s', (_, change) => {
    expect(mark(change)).not.toBe(mark());
  });

  it.each([
    ['the same values', {}],
    ['another password of the same user', { DB: VALUES.DB.replace('canary-one', 'canary-new') }],
    ['another token for the same repository', { GH: 'ghs_of_this_job' }],
    ['a variable that the configuration does not name', { HOME: '/elsewhere' }],
  ])('E-03: is the same with %s', (_, change) => {
    expect(mark(change)).toBe(mark());
  });

  it('E-03: is another one when two values are exchanged', () => {
    expect(mark({ STRIPE: VALUES.HOOK, HOOK: VALUES.STRIPE })).not.toBe(mark());
  });

  it('T05: cannot be made without the key of the ledger, and holds nothing of a value', () => {
    expect(mark({}, 'b'.repeat(64))).not.toBe(mark());
    expect(mark()).toMatch(/^[0-9a-f]{64}$/);
  });
});
