import { describe, expect, it } from 'vitest';
import { listMissing } from '../../../src/cli/wiring/list-missing.ts';
import { acceptChecked, checkText } from '../../../src/config/load.ts';

const text = `
service: shop
product: Shop
timezone: Etc/UTC
environments:
  production:
    url: https://shop.example.com
    health: { api: /api/health, token: $HEALTH_TOKEN }
    database: { url: $DATABASE_URL }
    stripe: { mode: live, secretKey: $STRIPE_KEY, webhookSecret: $STRIPE_HOOK }
    maintenance:
      on: { path: /on, token: $APP_TOKEN }
      off: { path: /off, token: $APP_TOKEN }
    smoke: { user: $SMOKE_USER, password: $SMOKE_PASSWORD }
  staging:
    url: https://staging.example.com
    database: { url: $DATABASE_URL_STAGING }
services:
  stripe: {}
  neon: { apiKey: $SHARED_KEY }
  github: { repository: a/b, token: $SHARED_KEY }
  slack: { botToken: $SLACK_TOKEN, channels: {}, routes: {} }
  mail: { from: r@example.com, smtp: $SMTP_URL, outbox: out, stakeholders: [s@example.com] }
metrics: { kind: app, url: /api/metrics, token: $APP_TOKEN }
`;
const loaded = acceptChecked(checkText('runbook.config.yaml', text), '/x/runbook.config.yaml');
const missing = (env: string, set: readonly string[] = []) =>
  Object.fromEntries(
    listMissing(loaded, { has: (name) => set.includes(name) }, env).map(({ name, services }) => [
      name,
      [...services].sort(),
    ]),
  );

describe('secrets that nobody has set', () => {
  it('are told with the services that wait for them', () => {
    expect(missing('production')).toEqual({
      DATABASE_URL: ['postgres'],
      STRIPE_KEY: ['stripe'],
      STRIPE_HOOK: ['stripe'],
      APP_TOKEN: ['metrics'],
      SMOKE_USER: [],
      SMOKE_PASSWORD: [],
      HEALTH_TOKEN: ['app'],
      SHARED_KEY: ['github', 'neon'],
      SLACK_TOKEN: ['slack'],
      SMTP_URL: ['mail'],
    });
  });

  it('are never those of another environment', () => {
    expect(Object.keys(missing('production'))).not.toContain('DATABASE_URL_STAGING');
    const staging = Object.keys(missing('staging'));
    expect(staging).toContain('DATABASE_URL_STAGING');
    expect(staging).not.toContain('STRIPE_KEY');
  });

  it('are none that are set', () => {
    const all = Object.keys(missing('production'));
    expect(missing('production', all)).toEqual({});
    expect(Object.keys(missing('production', all.slice(1)))).toEqual(all.slice(0, 1));
  });
});
