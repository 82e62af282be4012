import { randomBytes } from 'node:crypto';

/** Every secret of the sandbox carries this word, so that a test can look for all of them in whatever was said. */
export const CANARY = 'sandboxCanary';

const value = (prefix: string): string => `${prefix}${CANARY}${randomBytes(10).toString('hex')}`;

/** The secrets of one world, by the names that the configuration gives them. Made anew for every world. */
export const makeWorldSecrets = () => ({
  APP_TOKEN: value('app_'),
  MAINTENANCE_BYPASS: value('bypass_'),
  NEON_API_KEY: value('napi_'),
  STRIPE_SECRET_KEY: value('sk_live_'),
  STRIPE_WEBHOOK_SECRET: value('whsec_'),
  SLACK_BOT_TOKEN: value('xoxb-'),
  GITHUB_TOKEN: value('ghp_'),
  STATUSPAGE_API_KEY: value('sp_'),
  PAGERDUTY_TOKEN: value('pd_'),
  SMOKE_USER: 'smoke@sandbox.example',
  SMOKE_PASSWORD: value(''),
  SMOKE_ADMIN_TOKEN: value('admin_'),
  APP_TOKEN_STAGING: value('app_'),
  MAINTENANCE_BYPASS_STAGING: value('bypass_'),
  STRIPE_SECRET_KEY_STAGING: value('sk_test_'),
  STRIPE_WEBHOOK_SECRET_STAGING: value('whsec_'),
  SMOKE_PASSWORD_STAGING: value(''),
  SMOKE_ADMIN_TOKEN_STAGING: value('admin_'),
});

export type WorldSecrets = ReturnType<typeof makeWorldSecrets>;
