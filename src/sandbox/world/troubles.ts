import type { Cluster } from '../postgres/cluster.ts';
import type { FaultPhase } from '../servers/host/fault-script.ts';
import type { Platform } from '../servers/host/start.ts';
import type { StripeStandIn } from '../servers/stripe/start.ts';
import { blockQuery, readForever } from './hold-query.ts';
import type { Pipeline } from './start-pipeline.ts';
import { SANDBOX_NAMES, STAGING_NAMES } from './write-config.ts';

/** What can be broken in a world, and how people would call it. */
export const TROUBLES = {
  app: 'the application is down',
  query: 'a forgotten session holds a table, and a query waits for it',
  'stripe-key': 'the Stripe key was revoked',
  webhook: 'the webhook endpoint was disabled in Stripe',
  build: 'the next build on the platform fails',
  'lost-secret': 'production has lost a variable that it needs',
  'stray-secret': 'staging has a variable that production does not have',
  'node-version': 'staging runs another Node.js than production',
  'stray-column': 'somebody added a column to staging by hand',
  e2e: 'end-to-end tests of the payment fail on the candidate',
  audit: 'npm audit finds a severe vulnerability in what production runs',
  bugs: 'a P0 bug of the release is open',
  ci: 'the build of the candidate failed in the pipeline',
  migration: 'a report reads the table that the next migration changes, and does not end',
  slow: 'assessments and the delivery of payments take three seconds',
  flaky: 'every eighth request for assessments fails',
  stalled: 'the application takes requests and answers none',
  'half-dead': 'the delivery of payments fails and assessments are cut off; the rest is well',
  silent: 'the application tells no measurements',
} as const;

export type Trouble = keyof typeof TROUBLES;

export const isTrouble = (word: string): word is Trouble => Object.hasOwn(TROUBLES, word);

interface Ground {
  readonly cluster: Cluster;
  readonly platform: Platform;
  readonly staging: Platform;
  readonly stripe: StripeStandIn;
  readonly stripeKey: string;
  readonly pipeline: Pipeline;
}

// A module that is loaded before the application and says another version than the one that runs.
const OTHER_NODE = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v18.20.4"})';

/** What staging has that nobody planned; a change of it starts the application anew. */
function makeStrayStaging({ cluster, staging }: Pick<Ground, 'cluster' | 'staging'>) {
  const has = new Set<'secret' | 'node'>();
  const change = async (what: 'secret' | 'node', isThere: boolean): Promise<void> => {
    if (has.has(what) === isThere) return;
    if (isThere) has.add(what);
    else has.delete(what);
    await staging.restartWith({
      env: has.has('secret') ? { FEATURE_EXPORT_V2: 'on' } : {},
      args: has.has('node') ? ['--import', OTHER_NODE] : [],
    });
  };
  const alter = async (how: string): Promise<void> =>
    void (await cluster.query(STAGING_NAMES.database, `alter table assessments ${how}`));
  return {
    change,
    addColumn: () => alter('add column if not exists reviewed_by text'),
    dropColumn: () => alter('drop column if exists reviewed_by'),
  };
}

/** A variable that production needs by the runbook and starts without all the same: nobody notices by itself. */
function makeLosableSecret(platform: Platform) {
  let isLost = false;
  const change = async (lost: boolean): Promise<void> => {
    if (isLost === lost) return;
    isLost = lost;
    await platform.restartWith({ without: lost ? ['NEON_API_KEY'] : [] });
  };
  return { lose: () => change(true), giveBack: () => change(false) };
}

const LIST = 'GET /api/assessments';
const WEBHOOK = 'POST /api/payments/webhook';

/** How an application goes bad that still runs. */
const ILLS = {
  slow: [{ kind: 'slow', from: 0, routes: [LIST, WEBHOOK], ms: 3_000 }],
  flaky: [{ kind: 'flaky', from: 0, routes: [LIST], k: 1, n: 8, status: 500 }],
  stalled: [{ kind: 'stalled', from: 0 }],
  'half-dead': [
    { kind: 'dead', from: 0, routes: [WEBHOOK], status: 503 },
    { kind: 'dead', from: 0, routes: [LIST] },
  ],
  silent: [{ kind: 'silent', from: 0 }],
} as const satisfies Partial<Record<Trouble, readonly FaultPhase[]>>;

type Ill = keyof typeof ILLS;

/** What the application has, one ill beside the other. */
function makeIlls(platform: Platform) {
  const has = new Set<Ill>();
  const change = async (ill: Ill, isThere: boolean): Promise<void> => {
    if (isThere) has.add(ill);
    else has.delete(ill);
    const phases = [...has].flatMap((one): readonly FaultPhase[] => ILLS[one]);
    platform.play(phases.length === 0 ? undefined : { starts: 'now', phases });
  };
  const way = (ill: Ill) => [() => change(ill, true), () => change(ill, false)] as const;
  return {
    slow: way('slow'),
    flaky: way('flaky'),
    stalled: way('stalled'),
    'half-dead': way('half-dead'),
    silent: way('silent'),
  };
}

/** Breaks things and mends them again; mending what is whole does nothing. */
export function makeTroubles({ cluster, platform, staging, stripe, stripeKey, pipeline }: Ground) {
  const stray = makeStrayStaging({ cluster, staging });
  const secret = makeLosableSecret(platform);
  const { database, endpoint } = SANDBOX_NAMES;
  const held = new Map<string, () => Promise<void>>();
  const hold = async (name: Trouble, take: typeof blockQuery, table: string): Promise<void> => {
    if (!held.has(name)) held.set(name, await take(cluster.url(database), table));
  };
  const letGo = async (name: Trouble): Promise<void> => {
    await held.get(name)?.();
    held.delete(name);
  };
  const none = async (): Promise<void> => undefined;
  const ways: Readonly<Record<Trouble, readonly [start: () => Promise<void>, end: () => Promise<void>]>> = {
    app: [() => platform.stop(), () => platform.start()],
    query: [() => hold('query', blockQuery, 'webhook_events'), () => letGo('query')],
    migration: [() => hold('migration', readForever, 'assessments'), () => letGo('migration')],
    'stripe-key': [async () => stripe.revokeKey(stripeKey), async () => stripe.restoreKey(stripeKey)],
    webhook: [async () => stripe.disableEndpoint(endpoint), async () => stripe.enableEndpoint(endpoint)],
    'lost-secret': [() => secret.lose(), () => secret.giveBack()],
    'stray-secret': [() => stray.change('secret', true), () => stray.change('secret', false)],
    'node-version': [() => stray.change('node', true), () => stray.change('node', false)],
    'stray-column': [stray.addColumn, stray.dropColumn],
    e2e: [() => pipeline.change({ isPayingBroken: true }), () => pipeline.change({ isPayingBroken: false })],
    audit: [() => pipeline.change({ isAuditSevere: true }), () => pipeline.change({ isAuditSevere: false })],
    bugs: [async () => pipeline.openBug(), async () => pipeline.closeBug()],
    ci: [() => pipeline.fail(true), () => pipeline.fail(false)],
    build: [async () => platform.failNextBuild(), none],
    ...makeIlls(platform),
  };
  return {
    start: (what: Trouble): Promise<void> => ways[what][0](),
    end: (what: Trouble): Promise<void> => ways[what][1](),
    close: async (): Promise<void> => {
      await Promise.all([...held.keys()].map((name) => letGo(name as Trouble)));
    },
  };
}
