import { join } from 'node:path';
import { type NeonStandIn, startNeon } from '../servers/neon/start.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../servers/pagerduty/start.ts';
import { type SlackStandIn, startSlack } from '../servers/slack/start.ts';
import { type StatusPageStandIn, startStatusPage } from '../servers/statuspage/start.ts';
import { type StripeStandIn, startStripe } from '../servers/stripe/start.ts';
import type { Closing } from './closing.ts';
import { listRota } from './list-rota.ts';
import type { WorldSecrets } from './make-secrets.ts';
import { readMembers } from './read-own-runbook.ts';
import type { Ground } from './start-ground.ts';
import { SANDBOX_NAMES, STAGING_NAMES } from './write-config.ts';

export interface Vendors {
  readonly neon: NeonStandIn;
  readonly stripe: StripeStandIn;
  readonly slack: SlackStandIn;
  readonly statuspage: StatusPageStandIn;
  readonly pagerduty: PagerDutyStandIn;
}

/** What the servers of one world share. */
export interface Site {
  readonly data: string;
  readonly secrets: WorldSecrets;
  readonly pace: number;
  /** Addresses that the application is going to have. */
  readonly app: string;
  readonly staging: string;
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

const listWebhooks = ({ secrets, app, staging }: Site) => [
  {
    id: SANDBOX_NAMES.endpoint,
    url: `${app}/api/payments/webhook`,
    secret: secrets.STRIPE_WEBHOOK_SECRET,
    events: EVENTS,
  },
  {
    id: STAGING_NAMES.endpoint,
    url: `${staging}/api/payments/webhook`,
    secret: secrets.STRIPE_WEBHOOK_SECRET_STAGING,
    events: EVENTS,
    livemode: false,
  },
];

const openStripe = (site: Site): Promise<StripeStandIn> =>
  startStripe({
    key: site.secrets.STRIPE_SECRET_KEY,
    otherKey: site.secrets.STRIPE_SECRET_KEY_STAGING,
    prices: [
      { id: SANDBOX_NAMES.price, amount: 0 },
      { id: STAGING_NAMES.price, amount: 2_900, livemode: false },
    ],
    endpoints: listWebhooks(site),
    speed: site.pace,
  });

const openSlack = ({ secrets }: Site): Promise<SlackStandIn> =>
  startSlack({
    token: secrets.SLACK_BOT_TOKEN,
    channels: CHANNELS.map((name, i) => ({ name, id: `C0EXAMPLE0${i + 1}` })),
    members: readMembers(),
    pace: { perSecond: 1, burst: 100 },
    // That of the runbook, so that the clock beside a message and the times in it agree.
    timezone: 'America/New_York',
  });

const openStatusPage = ({ secrets }: Site): Promise<StatusPageStandIn> =>
  startStatusPage({
    page: SANDBOX_NAMES.statusPage,
    key: secrets.STATUSPAGE_API_KEY,
    components: [{ id: SANDBOX_NAMES.statusComponent, name: 'RuR2' }],
  });

/** Weekly shifts around the clock, handed over on Mondays; the second one is on call for good. */
const openPagerDuty = ({ secrets }: Site): Promise<PagerDutyStandIn> =>
  startPagerDuty({ token: secrets.PAGERDUTY_TOKEN, entries: listRota(new Date()) });

/** The stand-ins that the application and the release both speak to. */
export async function startVendors(ground: Ground, site: Site, closing: Closing): Promise<Vendors> {
  const open = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    closing.later(() => server.close());
    return server;
  };
  const [neon, stripe, slack, statuspage, pagerduty] = await Promise.all([
    open(openNeon(ground, site)),
    open(openStripe(site)),
    open(openSlack(site)),
    open(openStatusPage(site)),
    open(openPagerDuty(site)),
  ]);
  return { neon, stripe, slack, statuspage, pagerduty };
}
