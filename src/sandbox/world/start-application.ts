import { join } from 'node:path';
import { findProgram } from '../find-package-root.ts';
import { type GithubStandIn, startGithub } from '../servers/github/start.ts';
import { type Platform, startPlatform } from '../servers/host/start.ts';
import type { Closing } from './closing.ts';
import { databaseUrl, type Ground } from './start-ground.ts';
import { GOOD_SIGNS } from './start-pipeline.ts';
import type { Site } from './start-vendors.ts';
import { SANDBOX_NAMES } from './write-config.ts';

const BUILD_MS = 3_000;
const PROMOTE_MS = 1_000;
/**
 * So much of this machine's time must pass until the sandbox's faster one has caught up with the clock on the wall: what is
 * measured until then was before any release, and is what a watch compares with.
 */
const PAST_MS = 20_000;

const makeEnv = (ground: Ground, { secrets }: Site, stripeUrl: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ENVIRONMENT: 'production',
  LOG_LEVEL: 'info',
  RATE_LIMIT_PER_MINUTE: '600',
  DATABASE_URL: databaseUrl(ground),
  JWT_SECRET: `jwt-${secrets.APP_TOKEN}`,
  NEON_API_KEY: secrets.NEON_API_KEY,
  STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY,
  STRIPE_API_URL: stripeUrl,
  STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
  APP_TOKEN: secrets.APP_TOKEN,
  MAINTENANCE_BYPASS: secrets.MAINTENANCE_BYPASS,
  SMOKE_ADMIN_TOKEN: secrets.SMOKE_ADMIN_TOKEN,
});

/** The platform, and a GitHub whose workflow publishes on it. Nothing is live before the first publish. */
export async function startApplication(
  ground: Ground,
  site: Site,
  closing: Closing,
  order: { readonly port: number; readonly speed: number; readonly stripeUrl: string },
): Promise<{ readonly platform: Platform; readonly github: GithubStandIn }> {
  const { data, secrets, pace } = site;
  const platform = await startPlatform({
    origin: ground.origin.folder,
    folder: join(data, 'platform'),
    program: { command: process.execPath, args: [findProgram('sandbox-app.cjs')] },
    env: makeEnv(ground, site, order.stripeUrl),
    branch: 'main',
    mode: 'request',
    appToken: secrets.APP_TOKEN,
    buildMs: BUILD_MS / pace,
    promoteMs: PROMOTE_MS / pace,
    minuteMs: 60_000 / order.speed,
    pastMs: PAST_MS * (order.speed - 1),
    port: order.port,
  });
  closing.later(() => platform.close());
  const github = await startGithub({
    repository: SANDBOX_NAMES.repository,
    token: secrets.GITHUB_TOKEN,
    speed: pace,
    usualSigns: GOOD_SIGNS,
    onDispatch: async ({ inputs }) => {
      await platform.publish(inputs.commit ?? '');
      return 'success';
    },
  });
  closing.later(() => github.close());
  return { platform, github };
}
