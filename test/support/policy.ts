import { type Runbook, runbookSchema } from '../../src/config/schema/index.ts';
import type { Scope, Services } from '../../src/kit.ts';

/** A small runbook with every service, as a value; `over` replaces top-level parts. */
export function makeRunbook(over: Record<string, unknown> = {}): Runbook {
  return runbookSchema.parse({
    service: 'rur2',
    product: 'RuR2',
    timezone: 'America/New_York',
    environments: {
      production: {
        url: 'https://rur2.example',
        protected: true,
        host: { strategy: 'push' },
        database: { url: '$DATABASE_URL' },
        neon: { project: 'p', branch: 'main', database: 'rur2', role: 'app' },
        stripe: { mode: 'live', secretKey: '$STRIPE_KEY', webhookSecret: '$WEBHOOK_SECRET' },
        maintenance: { on: { path: '/on' }, off: { path: '/off' } },
        jobs: { pause: { path: '/pause' }, resume: { path: '/resume' } },
      },
    },
    services: {
      neon: { apiKey: '$NEON_API_KEY' },
      stripe: {},
      slack: {
        botToken: '$SLACK_BOT_TOKEN',
        channels: { releases: { id: 'C0RELEASES' } },
        routes: {
          'release-start': ['releases'],
          'release-progress': ['releases'],
          'rollback-start': ['releases'],
          'rollback-progress': ['releases'],
          'rollback-complete': ['releases'],
        },
      },
    },
    migrations: {},
    integrity: [
      {
        id: 'assessments',
        title: 'Assessments',
        sql: 'select count(*) from assessments',
        expect: 'not-fewer',
      },
    ],
    ...over,
  });
}

/** What a judge is given, with the defaults of the runbook. */
export function makePolicy(over: Partial<Scope> = {}): Scope {
  const runbook = over.runbook ?? makeRunbook();
  const environment = runbook.environments.production;
  if (environment === undefined) throw new Error('the test runbook has no production');
  return {
    env: 'production',
    environment,
    runbook,
    thresholds: runbook.thresholds,
    now: new Date('2026-11-24T15:00:00Z'),
    facts: {},
    signal: new AbortController().signal,
    ...over,
  };
}

/** Services of which only the given calls exist; any other call is a test's mistake and throws. */
export const onlyThese = (given: { readonly [K in keyof Services]?: Partial<Services[K]> }): Services =>
  given as unknown as Services;
