import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import type { StripePort } from '../../src/services/stripe/port.ts';

interface StripeWorld {
  readonly stripe: StripePort;
  revoke(): void;
  restore(): void;
  disableEndpoint(id: string): void;
  openSession(reference?: string, successUrl?: string): Promise<string>;
  pay(session: string): Promise<void>;
  statusOf(session: string): string | undefined;
  close(): Promise<void>;
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isReleaseError(error) ? { code: error.code, state: error.text.state } : error;
};

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return isReleaseError(error) ? error.code : error;
  }
};

/**
 * What every Stripe port must do. Environments: staging (a test key that may do all), restricted (a key that may not
 * read the balance), publishable (no secret key), mixed (a test key where a live one belongs), preview (no Stripe).
 */
export function describeStripePort(name: string, open: () => Promise<StripeWorld>): void {
  describe(name, () => {
    let world: StripeWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    it('T29: tells the mode of a key by its prefix', () => {
      const modes = ['staging', 'mixed', 'restricted', 'publishable'].map((env) => world.stripe.keyMode(env));
      expect(modes).toEqual(['test', 'test', 'test', 'not-a-secret-key']);
    });

    it('E-57: keeps a key that works, one that is refused and one that lacks a right apart', async () => {
      expect(await world.stripe.keyState('staging')).toEqual({ state: 'works', livemode: false });
      expect(await world.stripe.keyState('restricted')).toEqual({ state: 'lacks-right' });
      expect(await world.stripe.keyState('publishable')).toEqual({ state: 'refused' });
      world.revoke();
      expect(await world.stripe.keyState('staging')).toEqual({ state: 'refused' });
      world.restore();
      expect(await world.stripe.keyState('staging')).toEqual({ state: 'works', livemode: false });
    });

    it('HOP-23: lists every endpoint, also beyond the first page, and tells which are disabled', async () => {
      world.disableEndpoint('we_7');
      const endpoints = await world.stripe.webhookEndpoints('staging');
      expect(new Set(endpoints.map(({ id }) => id)).size).toBe(120);
      expect(endpoints.filter(({ enabled }) => !enabled).map(({ id }) => id)).toEqual(['we_7']);
      expect(endpoints.find(({ id }) => id === 'we_3')).toMatchObject({
        url: 'https://staging.rur2.example/hook/3',
        events: ['charge.refunded'],
      });
    });

    it('RBX-2.3, RBX-6.3: disables an endpoint and enables it again, twice as good as once', async () => {
      const isOn = async () =>
        (await world.stripe.webhookEndpoints('staging')).find(({ id }) => id === 'we_9')?.enabled;
      for (const wanted of [false, false, true, true]) {
        await world.stripe.switchEndpoint('staging', 'we_9', wanted);
        expect(await isOn()).toBe(wanted);
      }
    });

    it('RBX-2.3: switches nothing that is not there, with a key of the wrong mode or without the right', async () => {
      const switched = (env: string, id: string) => failureOf(world.stripe.switchEndpoint(env, id, false));
      expect(await switched('staging', 'we_none')).toEqual({ code: 'E_STRIPE_REFUSED', state: 'untouched' });
      expect(await switched('mixed', 'we_9')).toMatchObject({ code: 'E_STRIPE_MODE' });
      expect(await switched('restricted', 'we_9')).toMatchObject({ code: 'E_STRIPE_KEY' });
    });

    it('E-73: ends an open checkout session, and takes one that has ended already for ended', async () => {
      const session = await world.openSession();
      await world.stripe.expireCheckout('staging', session);
      expect(world.statusOf(session)).toBe('expired');
      await world.stripe.expireCheckout('staging', session);
      expect(world.statusOf(session)).toBe('expired');
    });

    it('E-73, SMK-09F: tells of a price whether it can be used and what it costs, or that there is none', async () => {
      const price = (id: string) => world.stripe.price('staging', id);
      expect(await price('price_sandbox')).toEqual({ active: true, livemode: false, amount: 4900 });
      expect(await price('price_archived')).toEqual({ active: false, livemode: false, amount: 100 });
      expect(await price('price_none')).toBeUndefined();
      world.revoke();
      expect(await failureOf(price('price_sandbox'))).toMatchObject({ code: 'E_STRIPE_KEY' });
      world.restore();
    });

    it('E-73: never touches a session that sends its customer to another site', async () => {
      const other = await world.openSession('user-9', 'https://shop.other.example/thanks');
      const foreign = { code: 'E_CHECKOUT_FOREIGN', state: 'untouched' };
      expect(await failureOf(world.stripe.expireCheckout('staging', other))).toEqual(foreign);
      expect(world.statusOf(other)).toBe('open');
      const wanted = { reference: 'user-9', since: new Date('2025-10-01T13:00:00Z') };
      expect(await world.stripe.openCheckouts('staging', wanted)).toEqual([]);
    });

    it('E-73: finds the open sessions of one reference, and no others', async () => {
      const mine = await world.openSession('user-7');
      const ended = await world.openSession('user-7');
      await world.openSession('user-8');
      await world.openSession();
      await world.stripe.expireCheckout('staging', ended);
      const wanted = { reference: 'user-7', since: new Date('2025-10-01T13:00:00Z') };
      expect(await world.stripe.openCheckouts('staging', wanted)).toEqual([mine]);
    });

    it('E-73: says so when a session cannot be ended because it was paid, or is not there', async () => {
      const session = await world.openSession();
      await world.pay(session);
      const refused = { code: 'E_STRIPE_REFUSED', state: 'untouched' };
      expect(await failureOf(world.stripe.expireCheckout('staging', session))).toEqual(refused);
      expect(world.statusOf(session)).toBe('complete');
      expect(await failureOf(world.stripe.expireCheckout('staging', 'cs_test_none'))).toEqual(refused);
    });

    it('E-17, SUC-05: counts the payments of a time, and deliveries', async () => {
      const since = new Date(0);
      const before = await world.stripe.payments('staging', since);
      await world.pay(await world.openSession());
      const after = await world.stripe.payments('staging', since);
      expect([after.succeeded - before.succeeded, after.failed, after.declined]).toEqual([1, 0, 0]);
      const { total, failed } = await world.stripe.deliveries('staging', since, new Date());
      expect(failed).toBeLessThanOrEqual(total);
    });

    it('T29: changes nothing with a key of the wrong mode or with none', async () => {
      const session = await world.openSession();
      const refused = { code: 'E_STRIPE_MODE', state: 'untouched' };
      expect(await failureOf(world.stripe.expireCheckout('mixed', session))).toEqual(refused);
      expect(await failureOf(world.stripe.expireCheckout('publishable', session))).toEqual(refused);
      expect(world.statusOf(session)).toBe('open');
    });

    it('says what is not configured', async () => {
      expect(codeOf(() => world.stripe.keyMode('preview'))).toBe('E_NOT_CONFIGURED');
      expect(await failureOf(world.stripe.webhookEndpoints('preview'))).toEqual({
        code: 'E_NOT_CONFIGURED',
        state: 'untouched',
      });
      expect(codeOf(() => world.stripe.signature('mixed', '{}'))).toBe('E_WEBHOOK_SECRET');
    });

    it('E-59: signs a body with the time in it', () => {
      expect(world.stripe.signature('staging', '{}')).toMatch(/^t=1759327230,v1=[0-9a-f]{64}$/);
    });
  });
}
