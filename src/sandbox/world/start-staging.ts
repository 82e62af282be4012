import { join } from 'node:path';
import { findProgram } from '../find-package-root.ts';
import { askServer } from '../postgres/ask-server.ts';
import { writeMigrations } from '../seed/database/write-migrations.ts';
import { CANDIDATE, type SeedVersion } from '../seed/files/versions.ts';
import { changePassword } from '../seed/seed-database.ts';
import { type Platform, startPlatform } from '../servers/host/start.ts';
import type { Closing } from './closing.ts';
import type { WorldSecrets } from './make-secrets.ts';
import { databaseUrl, type Ground } from './start-ground.ts';
import type { Site } from './start-vendors.ts';
import { SANDBOX_NAMES, STAGING_NAMES } from './write-config.ts';

/** The names that production's build has, each with a value of staging's own. */
const makeEnv = (ground: Ground, secrets: WorldSecrets, stripeUrl: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ENVIRONMENT: 'staging',
  LOG_LEVEL: 'debug',
  RATE_LIMIT_PER_MINUTE: '60',
  DATABASE_URL: databaseUrl(ground, STAGING_NAMES.database),
  JWT_SECRET: `jwt-${secrets.APP_TOKEN_STAGING}`,
  NEON_API_KEY: secrets.NEON_API_KEY,
  STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY_STAGING,
  STRIPE_API_URL: stripeUrl,
  STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET_STAGING,
  APP_TOKEN: secrets.APP_TOKEN_STAGING,
  MAINTENANCE_BYPASS: secrets.MAINTENANCE_BYPASS_STAGING,
  SMOKE_ADMIN_TOKEN: secrets.SMOKE_ADMIN_TOKEN_STAGING,
});

/** The next candidate comes to staging before anybody asks for its release: migrations first, then the build. */
export async function stageCandidate(
  ground: Ground,
  staging: Platform,
  { migrations, version }: SeedVersion,
): Promise<void> {
  const url = databaseUrl(ground, STAGING_NAMES.database);
  const [{ n } = { n: 0 }] = await askServer(
    url,
    'select count(*)::int as n from drizzle.__drizzle_migrations where created_at >= $1',
    [Math.min(...migrations.map(({ when }) => when))],
  );
  if (Number(n) === 0) await askServer(url, writeMigrations(migrations));
  await staging.publish(`release/v${version}`);
}

/** The candidate's migrations on the copy of production's data, and a password of the copy's own. */
async function migrate(ground: Ground, secrets: WorldSecrets): Promise<void> {
  const url = databaseUrl(ground, STAGING_NAMES.database);
  await askServer(url, writeMigrations(CANDIDATE.migrations));
  await changePassword(url, { email: secrets.SMOKE_USER, password: secrets.SMOKE_PASSWORD_STAGING });
}

/** Staging: a platform of its own that runs the release candidate on a migrated copy of production's data. */
export async function startStaging(
  ground: Ground,
  { data, secrets, staging }: Site,
  closing: Closing,
  stripeUrl: string,
): Promise<Platform> {
  const folder = join(data, 'staging');
  const starting = startPlatform({
    origin: ground.origin.folder,
    folder,
    program: { command: process.execPath, args: [findProgram('sandbox-app.cjs')] },
    env: makeEnv(ground, secrets, stripeUrl),
    branch: SANDBOX_NAMES.candidate,
    mode: 'request',
    appToken: secrets.APP_TOKEN_STAGING,
    buildMs: 0,
    promoteMs: 0,
    port: Number(new URL(staging).port),
  });
  const end = (platform: Platform): Promise<void> => platform.close();
  closing.later(() => starting.then(end, () => undefined));
  const [platform] = await Promise.all([starting, migrate(ground, secrets)]);
  await platform.publish(SANDBOX_NAMES.candidate);
  return platform;
}
