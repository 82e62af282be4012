import { describe, expect, it } from 'vitest';
import { findWrongValues, refuseWrongValues, stripeKeyMode } from '../../src/config/check-values.ts';
import { runbookSchema } from '../../src/config/schema/index.ts';

const stripe = (mode: string, secretKey: string) => ({ mode, secretKey });

const runbook = runbookSchema.parse({
  service: 'shop',
  product: 'Shop',
  timezone: 'UTC',
  environments: {
    production: {
      url: 'https://shop.example.com',
      database: { url: '$DB_PROD' },
      stripe: stripe('live', '$STRIPE_PROD'),
    },
    staging: {
      url: 'https://staging.example.com',
      database: { url: '$DB_STAGING', directUrl: '$DB_STAGING_DIRECT' },
      stripe: stripe('test', '$STRIPE_STAGING'),
    },
  },
});

const GOOD: Readonly<Record<string, string>> = {
  DB_PROD: 'postgres://app:one@db.example.com/shop',
  DB_STAGING: 'postgres://app:two@db.example.com/shop_staging',
  STRIPE_PROD: 'sk_live_abcdefghijkl',
  STRIPE_STAGING: 'rk_test_abcdefghijkl',
};

function find(over: Record<string, string | undefined>) {
  const values: Record<string, string | undefined> = { ...GOOD, ...over };
  const bare = (name: string): string => name.replace('$', '');
  return findWrongValues(runbook, {
    has: (name) => values[bare(name)] !== undefined,
    read: (name) => values[bare(name)] ?? '',
  });
}

describe('values that mix environments up', () => {
  it('are not there when every environment has its own', () => {
    expect(find({})).toEqual([]);
  });

  it.each([
    ['the same address', 'postgres://app:one@db.example.com/shop'],
    ['another user and password', 'postgres://admin:other@db.example.com/shop'],
    ['the port spelt out and capitals', 'postgresql://a:b@DB.example.com:5432/shop?sslmode=require'],
    ['the pooled host of the same database', 'postgres://a:b@db-pooler.example.com/shop'],
  ])('are found behind %s', (_, DB_STAGING) => {
    const [wrong, ...more] = find({ DB_STAGING });
    expect(more).toEqual([]);
    expect(wrong).toEqual({
      code: 'E_ENV_MIXED_UP',
      path: ['environments', 'staging', 'database', 'url'],
      message:
        'environments.production.database.url and environments.staging.database.url point to the same database',
    });
  });

  it('T31: are found in the direct address too, which is the one that migrates', () => {
    const [wrong] = find({ DB_STAGING_DIRECT: GOOD.DB_PROD });
    expect(wrong).toMatchObject({ code: 'E_ENV_MIXED_UP', path: expect.arrayContaining(['directUrl']) });
  });

  it('are not another database on the same server, nor a direct address of its own', () => {
    expect(find({ DB_STAGING_DIRECT: GOOD.DB_STAGING })).toEqual([]);
  });

  it('cannot be compared when nobody set them: that is told elsewhere', () => {
    expect(find({ DB_STAGING: undefined, STRIPE_PROD: undefined })).toEqual([]);
  });
});

describe('the mode of a Stripe key', () => {
  it.each([
    ['sk_live_x', 'live'],
    ['rk_live_x', 'live'],
    ['sk_test_x', 'test'],
    ['rk_test_x', 'test'],
    ['pk_live_x', 'not-a-secret-key'],
    ['whsec_x', 'not-a-secret-key'],
    ['', 'not-a-secret-key'],
  ])('of %s is %s', (key, mode) => {
    expect(stripeKeyMode(key)).toBe(mode);
  });

  it('PRE-18: must fit the environment: a test key in production is refused, and a live key in staging', () => {
    expect(find({ STRIPE_PROD: 'sk_test_abcdefghijkl' })[0]?.message).toBe(
      'STRIPE_PROD is a test key (sk_test_…) but production is in live mode',
    );
    expect(find({ STRIPE_STAGING: 'sk_live_abcdefghijkl' })[0]?.message).toBe(
      'STRIPE_STAGING is a live key (sk_live_…) but staging is in test mode',
    );
  });

  it('says of a key that is none what it should be, without repeating it', () => {
    const [wrong] = find({ STRIPE_PROD: 'whsec_abcdefghijkl' });
    expect(wrong?.message).toBe(
      'STRIPE_PROD is no secret key of Stripe (sk_… or rk_…), which production needs',
    );
  });

  it('comes with every other wrong value in one error', () => {
    const wrong = find({ STRIPE_PROD: 'sk_test_abcdefghijkl', DB_STAGING: GOOD.DB_PROD });
    const refuse = () => refuseWrongValues(wrong);
    expect(refuse).toThrow(expect.objectContaining({ code: 'E_ENV_MIXED_UP' }));
    expect(refuse).toThrow(/same database; STRIPE_PROD is a test key/);
    expect(() => refuseWrongValues([])).not.toThrow();
  });
});

describe('a sandbox', () => {
  const sandbox = runbookSchema.parse({
    ...{ service: 'shop', product: 'Shop', timezone: 'UTC', sandbox: true },
    environments: {
      production: {
        url: 'http://127.0.0.1:4000',
        database: { url: '$DB_PROD' },
        ledger: { store: 'postgres', url: '$LEDGER' },
      },
    },
    services: {
      slack: { apiUrl: 'http://127.0.0.1:4001', channels: { releases: { webhook: '$HOOK' } }, routes: {} },
      mail: { from: 'a@example.com', smtp: '$SMTP' },
    },
  });
  const findIn = (values: Readonly<Record<string, string>>) =>
    findWrongValues(sandbox, {
      has: (name) => Object.hasOwn(values, name.slice(1)),
      read: (name) => values[name.slice(1)] ?? '',
    });

  it.each([
    ['DB_PROD', 'postgres://app:hidden@ep-cool-1.us-east-2.aws.neon.tech/shop'],
    ['LEDGER', 'postgres://app:hidden@db.example.com/ledger'],
    ['HOOK', 'https://hooks.slack.com/services/T0/B0/hidden'],
    ['SMTP', 'smtps://me:hidden@mail.example.com'],
    ['DB_PROD', 'host=db.example.com password=hidden'],
  ])('T47: reaches nothing real: %s', (name, value) => {
    const wrong = findIn({ [name]: value });
    expect(wrong).toMatchObject([{ code: 'E_SANDBOX_REAL', message: expect.stringContaining(name) }]);
    expect(JSON.stringify(wrong)).not.toContain('hidden');
    expect(() => refuseWrongValues(wrong)).toThrow(expect.objectContaining({ code: 'E_SANDBOX_REAL' }));
  });

  it('is refused nothing of this machine, nor what nobody set', () => {
    expect(
      findIn({ DB_PROD: 'postgres://a:b@127.0.0.1:5433/shop', HOOK: 'http://localhost:4001/hook' }),
    ).toEqual([]);
  });
});
