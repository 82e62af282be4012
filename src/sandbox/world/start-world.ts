import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../find-package-root.ts';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { makeReachableFolder } from '../postgres/drop-privileges.ts';
import { findFreePort } from '../postgres/free-port.ts';
import { prepareBadRelease } from '../seed/prepare-bad-release.ts';
import { seedDatabase } from '../seed/seed-database.ts';
import { type SeededOrigin, seedOrigin } from '../seed/seed-origin.ts';
import { type GithubStandIn, startGithub } from '../servers/github/start.ts';
import { type Platform, startPlatform } from '../servers/host/start.ts';
import { type NeonStandIn, startNeon } from '../servers/neon/start.ts';
import { type SlackStandIn, startSlack } from '../servers/slack/start.ts';
import { type StripeStandIn, startStripe } from '../servers/stripe/start.ts';
import { makeWorldSecrets, type WorldSecrets } from './make-secrets.ts';
import { startUsers, type Users } from './start-users.ts';
import { makeTroubles } from './troubles.ts';
import { SANDBOX_NAMES, writeConfig } from './write-config.ts';

export interface WorldOptions {
  /** Where configuration, secrets and ledger go; the data of the world lie in a temporary folder. */
  readonly folder: string;
  /** How many times faster than life the stand-ins work. Default 1: a publish takes about four seconds. */
  readonly pace?: number;
  /** Seconds of a measured minute are 60 divided by this. Default 60. */
  readonly speed?: number;
  readonly say?: (line: string) => void;
}

/** Everything a release meets, on this machine: real PostgreSQL, real git, real HTTP. */
export interface World {
  /** Path of the configuration that points at it. */
  readonly config: string;
  readonly secrets: WorldSecrets;
  readonly cluster: Cluster;
  readonly origin: SeededOrigin;
  readonly neon: NeonStandIn;
  readonly stripe: StripeStandIn;
  readonly slack: SlackStandIn;
  readonly github: GithubStandIn;
  readonly platform: Platform;
  readonly troubles: ReturnType<typeof makeTroubles>;
  readonly users: Users;
  /** Cuts the release that goes bad under traffic, from what main is now. */
  prepareBadRelease(): Promise<void>;
  close(): Promise<void>;
}

const CHANNELS = ['releases', 'engineering', 'incidents', 'devops'];
const WEEK_SECONDS = 7 * 86_400;
const BUILD_MS = 3_000;
const PROMOTE_MS = 1_000;

/** What must be ended, last first, also when the start breaks off half way. */
function makeClosing() {
  const ends: (() => unknown)[] = [];
  return {
    later: (end: () => unknown): void => void ends.push(end),
    close: async (): Promise<void> => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

type Closing = ReturnType<typeof makeClosing>;

async function startGround(data: string, secrets: WorldSecrets, closing: Closing) {
  const origin = seedOrigin(join(data, 'origin.git'));
  origin.catch(() => undefined);
  const cluster = await startCluster({ folder: join(data, 'postgres'), archive: true });
  closing.later(() => cluster.stop());
  const { database, role } = SANDBOX_NAMES;
  const smokeUser = { email: secrets.SMOKE_USER, password: secrets.SMOKE_PASSWORD };
  await seedDatabase(cluster, { database, role, smokeUser });
  return { cluster, origin: await origin };
}

type Ground = Awaited<ReturnType<typeof startGround>>;

async function startVendors(ground: Ground, data: string, secrets: WorldSecrets, pace: number, app: string) {
  const { project, branch, price, endpoint, repository } = SANDBOX_NAMES;
  const [neon, stripe, slack] = await Promise.all([
    startNeon({
      project,
      apiKey: secrets.NEON_API_KEY,
      branches: [{ name: branch, cluster: ground.cluster }],
      folder: join(data, 'branches'),
      speed: pace,
      retentionSeconds: WEEK_SECONDS,
    }),
    startStripe({
      key: secrets.STRIPE_SECRET_KEY,
      prices: [{ id: price, amount: 0 }],
      endpoints: [
        {
          id: endpoint,
          url: `${app}/api/payments/webhook`,
          secret: secrets.STRIPE_WEBHOOK_SECRET,
          events: ['checkout.session.completed', 'invoice.paid', 'invoice.payment_failed'],
        },
      ],
      speed: pace,
    }),
    startSlack({
      token: secrets.SLACK_BOT_TOKEN,
      channels: CHANNELS.map((name, i) => ({ name, id: `C0EXAMPLE0${i + 1}` })),
      pace: { perSecond: 1, burst: 100 },
    }),
  ]);
  return { neon, stripe, slack, repository };
}

const platformEnv = (secrets: WorldSecrets, ground: Ground, stripeUrl: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ENVIRONMENT: 'production',
  DATABASE_URL: ground.cluster.url(SANDBOX_NAMES.database, SANDBOX_NAMES.role),
  JWT_SECRET: `jwt-${secrets.APP_TOKEN}`,
  NEON_API_KEY: secrets.NEON_API_KEY,
  STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY,
  STRIPE_API_URL: stripeUrl,
  STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
  APP_TOKEN: secrets.APP_TOKEN,
  MAINTENANCE_BYPASS: secrets.MAINTENANCE_BYPASS,
  SMOKE_ADMIN_TOKEN: secrets.SMOKE_ADMIN_TOKEN,
});

/** Starts the whole world with v2.0.3 live. What was started is ended again when something does not start. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const data = makeReachableFolder('release-sandbox-');
  const closing = makeClosing();
  closing.later(() => rmSync(data, { recursive: true, force: true }));
  try {
    return await assemble(options, data, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function assemble(options: WorldOptions, data: string, closing: Closing): Promise<World> {
  const { pace = 1, speed = 60, folder } = options;
  const secrets = makeWorldSecrets();
  const say = options.say ?? (() => undefined);
  say('PostgreSQL and git');
  const ground = await startGround(data, secrets, closing);
  const port = await findFreePort();
  say('Neon, Stripe, Slack, GitHub');
  const app = `http://127.0.0.1:${port}`;
  const { neon, stripe, slack, repository } = await startVendors(ground, data, secrets, pace, app);
  closing.later(() => Promise.all([neon.close(), stripe.close(), slack.close()]));
  const platform = await startPlatform({
    origin: ground.origin.folder,
    folder: join(data, 'platform'),
    program: { command: process.execPath, args: [findProgram('sandbox-app.js')] },
    env: platformEnv(secrets, ground, stripe.url),
    branch: 'main',
    mode: 'request',
    appToken: secrets.APP_TOKEN,
    buildMs: BUILD_MS / pace,
    promoteMs: PROMOTE_MS / pace,
    minuteMs: 60_000 / speed,
    port,
  });
  closing.later(() => platform.close());
  const github = await startGithub({
    repository,
    token: secrets.GITHUB_TOKEN,
    speed: pace,
    onDispatch: async ({ inputs }) => {
      await platform.publish(inputs.commit ?? '');
      return 'success';
    },
  });
  closing.later(() => github.close());
  say('the application, v2.0.3');
  await platform.publish('main');
  const users = startUsers(app, secrets);
  closing.later(() => users.stop());
  const troubles = makeTroubles({ ...ground, platform, stripe, stripeKey: secrets.STRIPE_SECRET_KEY });
  closing.later(() => troubles.close());
  const addresses = {
    app,
    origin: ground.origin.folder,
    neon: neon.apiUrl,
    stripe: stripe.url,
    slack: `${slack.url}/api/`,
    github: github.url,
    platform: platform.apiUrl,
    database: ground.cluster.url(SANDBOX_NAMES.database, SANDBOX_NAMES.role),
  };
  return {
    config: writeConfig(folder, addresses, secrets),
    secrets,
    ...ground,
    neon,
    stripe,
    slack,
    github,
    platform,
    troubles,
    users,
    prepareBadRelease: async () => void (await prepareBadRelease(ground.origin.folder)),
    close: closing.close,
  };
}
