import { describe, expect, it } from 'vitest';
import { CANARY, makeWorldSecrets } from '../../../src/sandbox/world/make-secrets.ts';

const isSecret = ([name]: readonly [string, string]): boolean => name !== 'SMOKE_USER';

describe('the secrets of a world', () => {
  it('carry one word each, by which all of them can be looked for', () => {
    const secrets = Object.entries(makeWorldSecrets());
    expect(secrets.filter(isSecret).filter(([, value]) => !value.includes(CANARY))).toEqual([]);
    expect(secrets.length).toBeGreaterThan(8);
  });

  it('are new for every world, and no two of them alike', () => {
    const worlds = [makeWorldSecrets(), makeWorldSecrets()].flatMap((world) =>
      Object.entries(world).filter(isSecret),
    );
    expect(new Set(worlds.map(([, value]) => value)).size).toBe(worlds.length);
  });

  it('have the shape that their owners’ programs expect', () => {
    const { STRIPE_SECRET_KEY, STRIPE_SECRET_KEY_STAGING, STRIPE_WEBHOOK_SECRET, SLACK_BOT_TOKEN } =
      makeWorldSecrets();
    expect(STRIPE_SECRET_KEY).toMatch(/^sk_live_[A-Za-z0-9]+$/);
    expect(STRIPE_SECRET_KEY_STAGING).toMatch(/^sk_test_[A-Za-z0-9]+$/);
    expect(STRIPE_WEBHOOK_SECRET).toMatch(/^whsec_/);
    expect(SLACK_BOT_TOKEN).toMatch(/^xoxb-/);
  });
});
