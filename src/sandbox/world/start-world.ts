import { rmSync } from 'node:fs';
import { makeReachableFolder } from '../postgres/drop-privileges.ts';
import { findFreePorts } from '../postgres/free-port.ts';
import { BAD, CANDIDATE } from '../seed/files/versions.ts';
import { prepareBadRelease } from '../seed/prepare-bad-release.ts';
import type { GithubStandIn } from '../servers/github/start.ts';
import type { Platform } from '../servers/host/start.ts';
import { type Closing, makeClosing } from './closing.ts';
import { makePast } from './make-past.ts';
import { makeWorldSecrets, type WorldSecrets } from './make-secrets.ts';
import { startApplication } from './start-application.ts';
import { databaseUrl, type Ground, startGround } from './start-ground.ts';
import { startPipeline } from './start-pipeline.ts';
import { stageCandidate, startStaging } from './start-staging.ts';
import { startUsers, type Users } from './start-users.ts';
import { startVendors, type Vendors } from './start-vendors.ts';
import { makeTroubles } from './troubles.ts';
import { SANDBOX_NAMES, STAGING_NAMES, writeConfig } from './write-config.ts';

export interface WorldOptions {
  /** Where configuration, secrets and ledger go; the data of the world lie in a temporary folder. */
  readonly folder: string;
  /**
   * A folder with the data of a ground that was filled before; it becomes this world's, and goes with it. Default: a new one,
   * which is filled.
   */
  readonly ground?: string;
  /** How many times faster than usual the stand-ins work. Default 1: a publish takes about four seconds. */
  readonly pace?: number;
  /** How many of the sandbox's seconds pass in one. Default 60: a measured minute takes a second. */
  readonly speed?: number;
  /** True: people use v2.0.3 for some minutes before all is ready, so that a watch has something to compare with. */
  readonly hasPast?: boolean;
  readonly say?: (line: string) => void;
}

export const USUAL_SPEED = 60;

/** Everything a release meets, on this machine: real PostgreSQL, real git, real HTTP. */
export interface World extends Ground, Vendors {
  /** Path of the configuration that points at it. */
  readonly config: string;
  readonly secrets: WorldSecrets;
  readonly github: GithubStandIn;
  readonly platform: Platform;
  /** Staging's platform; the candidate is live on it. */
  readonly staging: Platform;
  readonly troubles: ReturnType<typeof makeTroubles>;
  readonly users: Users;
  /** Cuts the release that goes bad under traffic, from what main is now, and puts it on staging. */
  prepareBadRelease(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the whole world with v2.0.3 live. What was started is ended again when something does not start. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const data = options.ground ?? makeReachableFolder('release-sandbox-');
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
  const { pace = 1, speed = USUAL_SPEED, folder, hasPast = false, say = () => undefined } = options;
  const secrets = makeWorldSecrets();
  say('PostgreSQL and git');
  const ground = await startGround(data, secrets, closing);
  say('Neon, Stripe, Slack, GitHub, PagerDuty, a status page');
  const [port, stagingPort] = await findFreePorts();
  const addresses = { app: `http://127.0.0.1:${port}`, staging: `http://127.0.0.1:${stagingPort}` };
  const site = { data, secrets, pace, ...addresses };
  const vendors = await startVendors(ground, site, closing);
  const stripeUrl = vendors.stripe.url;
  // Beside production's publish, which waits for the better part of its time.
  const preparing = startStaging(ground, site, closing, stripeUrl);
  preparing.catch(() => undefined);
  const { platform, github } = await startApplication(ground, site, closing, { port, speed, stripeUrl });
  say('the application: v2.0.3, and v2.1.0 on staging');
  await platform.publish('main');
  const pay = (session: string) => vendors.stripe.pay(session);
  const users = startUsers({ app: site.app, secrets, price: SANDBOX_NAMES.price, pay });
  closing.later(() => users.stop());
  const candidate = `v${CANDIDATE.version}`;
  const pipeline = startPipeline({ folder, origin: ground.origin.folder, github, candidate });
  const past = hasPast ? makePast(users, speed) : undefined;
  const [staging] = await Promise.all([preparing, pipeline.report(candidate), past]);
  const troubles = makeTroubles({
    ...ground,
    pipeline,
    platform,
    staging,
    stripe: vendors.stripe,
    stripeKey: secrets.STRIPE_SECRET_KEY,
  });
  closing.later(() => troubles.close());
  const parts = { ...ground, ...vendors, platform, staging, github };
  const config = writeConfig(folder, addressesOf(parts), secrets);
  const prepare = async (): Promise<void> => {
    await prepareBadRelease(ground.origin.folder);
    await Promise.all([pipeline.report(`v${BAD.version}`), stageCandidate(ground, staging, BAD)]);
  };
  return { ...parts, users, troubles, config, secrets, prepareBadRelease: prepare, close: closing.close };
}

type Parts = Ground & Vendors & Pick<World, 'platform' | 'staging' | 'github'>;

const addressesOf = ({ platform, staging, github, ...ground }: Parts) => ({
  app: platform.url,
  staging: staging.url,
  origin: ground.origin.folder,
  neon: ground.neon.apiUrl,
  stripe: ground.stripe.url,
  slack: `${ground.slack.url}/api/`,
  statuspage: `${ground.statuspage.url}/v1`,
  pagerduty: ground.pagerduty.url,
  github: github.url,
  platform: platform.apiUrl,
  stagingPlatform: staging.apiUrl,
  database: databaseUrl(ground),
  stagingDatabase: databaseUrl(ground, STAGING_NAMES.database),
});
