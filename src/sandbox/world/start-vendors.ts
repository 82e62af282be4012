import { join } from 'node:path';
import { type NeonStandIn, startNeon } from '../servers/neon/start.ts';
import { type SlackStandIn, startSlack } from '../servers/slack/start.ts';
import { type StripeStandIn, startStripe } from '../servers/stripe/start.ts';
import type { Closing } from './closing.ts';
import type { WorldSecrets } from './make-secrets.ts';
import type { Ground } from './start-ground.ts';
import { SANDBOX_NAMES } from './write-config.ts';

export interface Vendors {
  readonly neon: NeonStandIn;
  readonly stripe: StripeStandIn;
  readonly slack: SlackStandIn;
}

/** What the servers of one world share. */
export interface Site {
  readonly data: string;
  readonly secrets: WorldSecrets;
  readonly pace: number;
  /** Address that the application is going to have. */
  readonly app: string;
}

const CHANNELS = ['releases', 'engineering', 'incidents', 'devops'];
const WEEK_SECONDS = 7 * 86_400;
const EVENTS = ['checkout.session.completed', 'invoice.paid', 'invoice.payment_failed'];

const openNeon = ({ cluster }: Ground, { data, secrets, pace }: Site): Promise<NeonStandIn> =>
  startNeon({
    project: SANDBOX_NAMES.project,
    apiKey: secrets.NEON_API_KEY,
    branches: [{ name: SANDBOX_NAMES.branch, cluster }],
    folder: join(data, 'branches'),
    speed: pace,
    retentionSeconds: WEEK_SECONDS,
  });

const openStripe = ({ secrets, pace, app }: Site): Promise<StripeStandIn> =>
  startStripe({
    key: secrets.STRIPE_SECRET_KEY,
    prices: [{ id: SANDBOX_NAMES.price, amount: 0 }],
    endpoints: [
      {
        id: SANDBOX_NAMES.endpoint,
        url: `${app}/api/payments/webhook`,
        secret: secrets.STRIPE_WEBHOOK_SECRET,
        events: EVENTS,
      },
    ],
    speed: pace,
  });

const openSlack = ({ secrets }: Site): Promise<SlackStandIn> =>
  startSlack({
    token: secrets.SLACK_BOT_TOKEN,
    channels: CHANNELS.map((name, i) => ({ name, id: `C0EXAMPLE0${i + 1}` })),
    pace: { perSecond: 1, burst: 100 },
    // That of the runbook, so that the clock beside a message and the times in it agree.
    timezone: 'America/New_York',
  });

/** The stand-ins that the application and the release both speak to. */
export async function startVendors(ground: Ground, site: Site, closing: Closing): Promise<Vendors> {
  const open = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    closing.later(() => server.close());
    return server;
  };
  const [neon, stripe, slack] = await Promise.all([
    open(openNeon(ground, site)),
    open(openStripe(site)),
    open(openSlack(site)),
  ]);
  return { neon, stripe, slack };
}
